import type { LocalDate } from '#shared/dates.ts'
import { Button, Card, CsrfField, ErrorSummary, Field, PageTitle } from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { type Form, hasMistakes, listMistakes, type Mistakes } from '../form.ts'
import { recordTexts } from '../record.texts.ts'
import type { Relation } from './group-fees.ts'
import { mostLines } from './read-ranges.ts'
import { tariffTexts } from './texts.ts'

export interface ChangeFeesPageProps {
  view: StaffView
  relation: Relation
  today: LocalDate
  values: Form
  mistakes?: Mistakes
}

/** The fees of one relation from a day on, line by line. */
export const ChangeFeesPage = ({
  view,
  relation,
  today,
  values,
  mistakes = {},
}: ChangeFeesPageProps) => {
  const { language } = view
  const texts = tariffTexts(language)
  const words = texts.change
  const title = words.title(recordTexts(language).relations[relation])
  const lines = Array.from({ length: mostLines }, (_, at) => at + 1)
  const field = (name: string) => ({ name, value: values[name], error: mistakes[name] })
  return (
    <StaffPage
      view={view}
      title={title}
      section="tariff"
      width="narrow"
      hasErrors={hasMistakes(mistakes)}
    >
      <PageTitle title={title} back={{ href: '/staff/fees', label: texts.fees.title }}>
        {words.text}
      </PageTitle>
      <Card>
        <form method="post" action={`/staff/fees/${relation}`} class="form" novalidate>
          <ErrorSummary errors={listMistakes(mistakes)} language={language} />
          <CsrfField token={view.page.csrfToken} />
          <Field
            {...field('validFrom')}
            label={words.validFrom}
            hint={words.validFromHint}
            type="date"
            min={today}
            width="m"
          />
          {lines.map((line) => (
            <div class="fields-line">
              <Field
                {...field(`from${line}`)}
                label={words.from(line)}
                unit={words.unit}
                inputmode="numeric"
                maxlength={15}
                width="s"
                {...(line === 1 ? {} : { optional: language })}
              />
              <Field
                {...field(`fee${line}`)}
                label={words.fee(line)}
                unit={words.unit}
                inputmode="numeric"
                maxlength={15}
                width="s"
                {...(line === 1 ? {} : { optional: language })}
              />
            </div>
          ))}
          <Button>{words.submit}</Button>
        </form>
      </Card>
    </StaffPage>
  )
}
