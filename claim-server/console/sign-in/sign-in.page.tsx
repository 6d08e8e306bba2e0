import { Button, CsrfField, ErrorSummary, Field, Note, SignInCard } from '#shared/ui/index.ts'
import { mistakeList } from '../form.ts'
import { ConsolePage, type View } from '../view.tsx'
import { signInTexts } from './texts.ts'

export type SignInNotice =
  | { kind: 'ended' | 'signed-out' | 'not-accepted' }
  | { kind: 'too-many'; retryAfterSeconds: number }

export interface SignInPageProps {
  view: View
  next: string
  signInId: string
  notice?: SignInNotice | undefined
  mistakes?: Record<string, string>
}

const Notice = ({ view, notice }: { view: View; notice: SignInNotice }) => {
  const words = signInTexts(view.language)
  switch (notice.kind) {
    case 'ended':
      return <Note title={words.ended.title}>{words.ended.text}</Note>
    case 'signed-out':
      return (
        <Note tone="ok" title={words.signedOut.title}>
          {words.signedOut.text}
        </Note>
      )
    case 'not-accepted':
      return (
        <Note tone="bad" title={words.notAccepted.title} announce>
          {words.notAccepted.text}
        </Note>
      )
    case 'too-many':
      return (
        <Note tone="warn" title={words.tooMany.title} announce>
          {words.tooMany.text(Math.ceil(notice.retryAfterSeconds / 60))}
        </Note>
      )
  }
}

/** The shop's sign-in by id and password (Fig. 19, S161). */
export const SignInPage = ({ view, next, signInId, notice, mistakes = {} }: SignInPageProps) => {
  const words = signInTexts(view.language)
  const errors = mistakeList(mistakes)
  return (
    <ConsolePage
      view={view}
      title={words.title}
      hasErrors={errors.length > 0 || notice?.kind === 'not-accepted'}
    >
      <SignInCard title={words.title} intro={words.intro} foot={words.safety}>
        {notice && <Notice view={view} notice={notice} />}
        <ErrorSummary errors={errors} language={view.language} />
        <form method="post" action="/shop/sign-in" class="form" novalidate>
          <CsrfField token={view.page.csrfToken} />
          <input type="hidden" name="next" value={next} />
          <Field
            name="signInId"
            label={words.signInId}
            value={signInId}
            error={mistakes.signInId}
            autocomplete="username"
            maxlength={60}
          />
          <Field
            name="password"
            type="password"
            label={words.password}
            error={mistakes.password}
            autocomplete="current-password"
            maxlength={200}
          />
          <Button wide>{words.submit}</Button>
        </form>
        <p>
          {words.noAccount} <a href="/shop/sign-up">{words.signUp}</a>
        </p>
      </SignInCard>
    </ConsolePage>
  )
}
