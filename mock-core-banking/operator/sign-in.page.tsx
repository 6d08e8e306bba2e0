import { Button, CsrfField, ErrorSummary, Field, Note, SignInCard } from '#shared/ui/index.ts'
import { operatorTexts } from './texts.ts'
import { OperatorPage, type View } from './view.tsx'

export type SignInNotice =
  | { kind: 'ended' | 'signed-out' | 'not-accepted' }
  | { kind: 'too-many'; retryAfterSeconds: number }

export interface SignInPageProps {
  view: View
  /** Where to go afterwards. */
  next: string
  staffId?: string
  notice?: SignInNotice | undefined
  mistakes?: Partial<Record<'staffId' | 'password', string>>
}

const Notice = ({ view, notice }: { view: View; notice: SignInNotice }) => {
  const words = operatorTexts(view.language).signIn
  switch (notice.kind) {
    case 'ended':
      return <Note>{words.ended}</Note>
    case 'signed-out':
      return <Note tone="ok">{words.signedOut}</Note>
    case 'not-accepted':
      return (
        <Note tone="bad" announce>
          {words.notAccepted}
        </Note>
      )
    case 'too-many':
      return (
        <Note tone="warn" announce>
          {words.tooMany(Math.ceil(notice.retryAfterSeconds / 60))}
        </Note>
      )
  }
}

/** The operator's own sign-in. */
export const SignInPage = ({ view, next, staffId, notice, mistakes = {} }: SignInPageProps) => {
  const words = operatorTexts(view.language).signIn
  const errors = Object.entries(mistakes).map(([name, message]) => ({ name, message }))
  return (
    <OperatorPage
      view={view}
      title={words.title}
      width="narrow"
      hasErrors={errors.length > 0 || notice?.kind === 'not-accepted'}
    >
      <SignInCard title={words.title} intro={words.intro}>
        {notice && <Notice view={view} notice={notice} />}
        <ErrorSummary errors={errors} language={view.language} />
        <form method="post" action="/operator/sign-in" class="form" novalidate>
          <CsrfField token={view.page.csrfToken} />
          <input type="hidden" name="next" value={next} />
          <Field
            name="staffId"
            label={words.staffId}
            value={staffId}
            error={mistakes.staffId}
            autocomplete="username"
            maxlength={60}
          />
          <Field
            name="password"
            label={words.password}
            type="password"
            error={mistakes.password}
            autocomplete="current-password"
            maxlength={200}
          />
          <Button wide>{words.submit}</Button>
        </form>
      </SignInCard>
    </OperatorPage>
  )
}
