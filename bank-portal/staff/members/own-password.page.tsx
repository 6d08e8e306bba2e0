import { Button, Card, CsrfField, ErrorSummary, Field, Note, PageTitle } from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { hasMistakes, listMistakes, type Mistakes } from '../form.ts'
import { membersTexts } from './texts.ts'

export interface OwnPasswordPageProps {
  view: StaffView
  mistakes?: Mistakes
  notAccepted?: boolean
  isChanged?: boolean
}

/** A member chooses an own password: when they like, and before anything else after one was made for them. */
export const OwnPasswordPage = ({
  view,
  mistakes = {},
  notAccepted = false,
  isChanged = false,
}: OwnPasswordPageProps) => {
  const { language, member } = view
  const words = membersTexts(language).own
  const field = (name: 'now' | 'next' | 'again') =>
    ({
      name,
      label: words[name],
      error: mistakes[name],
      type: 'password',
      autocomplete: name === 'now' ? 'current-password' : 'new-password',
      maxlength: 200,
    }) as const
  return (
    <StaffPage
      view={view}
      title={words.title}
      width="narrow"
      hasErrors={hasMistakes(mistakes) || notAccepted}
    >
      <PageTitle title={words.title}>{words.text}</PageTitle>
      {isChanged && (
        <Note tone="ok" announce>
          {words.changed}
        </Note>
      )}
      {member?.mustChoosePassword && <Note tone="warn">{words.first}</Note>}
      {notAccepted && (
        <Note tone="bad" title={words.notAccepted.title} announce>
          {words.notAccepted.text}
        </Note>
      )}
      <Card>
        <form method="post" action="/staff/password" class="form" novalidate>
          <ErrorSummary errors={listMistakes(mistakes)} language={language} />
          <CsrfField token={view.page.csrfToken} />
          <Field {...field('now')} width="m" />
          <Field {...field('next')} hint={words.nextHint} width="m" />
          <Field {...field('again')} width="m" />
          <Button>{words.submit}</Button>
        </form>
      </Card>
    </StaffPage>
  )
}
