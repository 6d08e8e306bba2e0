import { Button, CsrfField, ErrorSummary, Field, Note, SignInCard } from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { listMistakes, type Mistakes } from '../form.ts'
import { staffSignInTexts } from './texts.ts'

export type StaffSignInNotice =
  | { kind: 'ended' | 'signedOut' | 'notAccepted' | 'notPossible' }
  | { kind: 'tooMany'; retryAfterSeconds: number }

export interface StaffSignInPageProps {
  view: StaffView
  /** Where to go after signing in. */
  next: string
  staffId?: string | undefined
  notice?: StaffSignInNotice | undefined
  mistakes?: Mistakes
}

const tones = {
  ended: 'info',
  signedOut: 'ok',
  notAccepted: 'bad',
  notPossible: 'warn',
  tooMany: 'warn',
} as const

const Notice = ({ view, notice }: { view: StaffView; notice: StaffSignInNotice }) => {
  const words = staffSignInTexts(view.language)
  const text =
    notice.kind === 'tooMany'
      ? words.tooMany.text(Math.ceil(notice.retryAfterSeconds / 60))
      : words[notice.kind].text
  return (
    <Note tone={tones[notice.kind]} title={words[notice.kind].title} announce>
      {text}
    </Note>
  )
}

export const StaffSignInPage = ({
  view,
  next,
  staffId,
  notice,
  mistakes = {},
}: StaffSignInPageProps) => {
  const words = staffSignInTexts(view.language)
  const errors = listMistakes(mistakes)
  return (
    <StaffPage
      view={view}
      title={words.title}
      width="narrow"
      hasErrors={errors.length > 0 || notice?.kind === 'notAccepted'}
    >
      <SignInCard
        title={words.title}
        intro={words.intro}
        foot={
          <>
            {words.foot} <a href="/sign-in">{words.customers}</a>
          </>
        }
      >
        {notice && <Notice view={view} notice={notice} />}
        <ErrorSummary errors={errors} language={view.language} />
        <form method="post" action="/staff/sign-in" class="form" novalidate>
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
    </StaffPage>
  )
}
