import type { LocalDate } from '#shared/dates.ts'
import { Button, Card, CsrfField, ErrorSummary, Field, PageTitle } from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { type Form, hasMistakes, listMistakes, type Mistakes } from '../form.ts'
import { advertsTexts } from './texts.ts'

export interface NewAdvertPageProps {
  view: StaffView
  today: LocalDate
  values: Form
  mistakes?: Mistakes
}

/** An advert as an advertiser asks for it (Fig. 18, S140). */
export const NewAdvertPage = ({ view, today, values, mistakes = {} }: NewAdvertPageProps) => {
  const { language } = view
  const texts = advertsTexts(language)
  const words = texts.new
  const field = (name: string) => ({
    name,
    value: values[name],
    error: mistakes[name],
    autocomplete: 'off',
  })
  const optional = { optional: language }
  return (
    <StaffPage
      view={view}
      title={words.title}
      section="adverts"
      width="narrow"
      hasErrors={hasMistakes(mistakes)}
    >
      <PageTitle title={words.title} back={{ href: '/staff/adverts', label: texts.title }}>
        {words.text}
      </PageTitle>
      <Card>
        <form method="post" action="/staff/adverts" class="form" novalidate>
          <ErrorSummary errors={listMistakes(mistakes)} language={language} />
          <CsrfField token={view.page.csrfToken} />
          <Field {...field('advertiser')} label={words.advertiser} maxlength={80} />
          <Field {...field('en')} label={words.en} hint={words.textHint} maxlength={100} />
          <Field {...field('ja')} label={words.ja} hint={words.textHint} maxlength={100} />
          <Field
            {...field('url')}
            label={words.url}
            hint={words.urlHint}
            type="url"
            maxlength={300}
          />
          <Field
            {...field('categories')}
            label={texts.categories}
            hint={words.categoriesHint}
            maxlength={900}
            {...optional}
          />
          <Field
            {...field('relatedWords')}
            label={texts.relatedWords}
            hint={words.relatedWordsHint}
            maxlength={1700}
            {...optional}
          />
          <div class="fields-line">
            <Field {...field('showFrom')} label={words.showFrom} type="date" min={today} />
            <Field
              {...field('showUntil')}
              label={words.showUntil}
              type="date"
              min={today}
              {...optional}
            />
          </div>
          <Button>{words.submit}</Button>
        </form>
      </Card>
    </StaffPage>
  )
}
