import {
  Button,
  CsrfField,
  ErrorSummary,
  Field,
  type FieldMistake,
  Note,
  SignInCard,
  Steps,
} from '#shared/ui/index.ts'
import { PortalPage, type View } from '../layout.tsx'
import { signInTexts } from './texts.ts'

export type LoginWay = 'account' | 'user'

/** What the page says besides its form. */
export type SignInNotice =
  | { kind: 'ended' | 'signed-out' | 'not-accepted' | 'not-possible' }
  | { kind: 'too-many'; retryAfterSeconds: number }

export interface SignInPageProps {
  view: View
  way: LoginWay
  /** Where to go after signing in. */
  next: string
  notice?: SignInNotice | undefined
  values?: Record<string, string>
  mistakes?: Record<string, string>
}

const isEntry = (next: string) => next.startsWith('/entry/')

export const signInPath = (way: LoginWay, next: string): string =>
  `/sign-in?${new URLSearchParams({ by: way, ...(next === '/' ? {} : { next }) })}`

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
    case 'not-possible':
      return (
        <Note tone="warn" title={words.notPossible.title} announce>
          {words.notPossible.text}
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

type Entered = { view: View; values: Record<string, string>; mistakes: Record<string, string> }

const AccountFields = ({ view, values, mistakes }: Entered) => {
  const words = signInTexts(view.language)
  return (
    <div class="fields-line">
      <Field
        name="branch"
        label={words.branch}
        hint={words.branchHint}
        value={values.branch}
        error={mistakes.branch}
        inputmode="numeric"
        autocomplete="off"
        maxlength={6}
        width="xs"
      />
      <Field
        name="accountNumber"
        label={words.accountNumber}
        hint={words.accountNumberHint}
        value={values.accountNumber}
        error={mistakes.accountNumber}
        inputmode="numeric"
        autocomplete="username"
        maxlength={12}
        width="s"
      />
    </div>
  )
}

const UserField = ({ view, values, mistakes }: Entered) => (
  <Field
    name="userId"
    label={signInTexts(view.language).userId}
    value={values.userId}
    error={mistakes.userId}
    autocomplete="username"
    maxlength={60}
  />
)

/** Sign-in by branch and account number, or by user id (Fig. 25). */
export const SignInPage = ({
  view,
  way,
  next,
  notice,
  values = {},
  mistakes = {},
}: SignInPageProps) => {
  const words = signInTexts(view.language)
  const entered = { view, values, mistakes }
  const errors: FieldMistake[] = Object.entries(mistakes).map(([name, message]) => ({
    name,
    message,
  }))
  const { order, signIn, accept, pay } = words.steps
  return (
    <PortalPage
      view={view}
      title={words.title}
      width="narrow"
      hasErrors={errors.length > 0 || notice?.kind === 'not-accepted'}
    >
      <div class="stack">
        {isEntry(next) && (
          <Steps language={view.language} steps={[order, signIn, accept, pay]} current={1} />
        )}
        <SignInCard
          title={words.title}
          intro={isEntry(next) ? words.introEntry : words.introClaims}
          foot={words.safety}
        >
          {notice && <Notice view={view} notice={notice} />}
          <ErrorSummary errors={errors} language={view.language} />
          <form method="post" action="/sign-in" class="form" novalidate>
            <CsrfField token={view.page.csrfToken} />
            <input type="hidden" name="next" value={next} />
            <input type="hidden" name="by" value={way} />
            {way === 'account' ? <AccountFields {...entered} /> : <UserField {...entered} />}
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
          <p>
            {way === 'account' ? (
              <a href={signInPath('user', next)}>{words.byUser}</a>
            ) : (
              <a href={signInPath('account', next)}>{words.byAccount}</a>
            )}
          </p>
        </SignInCard>
      </div>
    </PortalPage>
  )
}
