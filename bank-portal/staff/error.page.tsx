import type { AppError, ProblemCode } from '#shared/errors.ts'
import type { Service } from '#shared/service-token.ts'
import { Button, ErrorPage, Outcome } from '#shared/ui/index.ts'
import { staffErrorTexts } from './errors.texts.ts'
import { StaffPage, type StaffView } from './layout.tsx'
import { joined } from './names.tsx'
import { staffTexts } from './texts.ts'

type ErrorKind = Exclude<
  keyof ReturnType<typeof staffErrorTexts>,
  'again' | 'desk' | 'approver' | 'expired'
>

const kinds: Partial<Record<ProblemCode, ErrorKind>> = {
  'not-found': 'notFound',
  'method-not-allowed': 'notFound',
  'too-many-requests': 'tooMany',
  'too-large': 'tooLarge',
  'headers-too-large': 'tooLarge',
  unavailable: 'unavailable',
  timeout: 'unavailable',
  internal: 'internal',
}

const kindOf = (error: AppError, silentPeer: Service | undefined, isRead: boolean): ErrorKind => {
  if (silentPeer === 'core-banking') return isRead ? 'coreAwayRead' : 'coreAway'
  if (silentPeer === 'claim-server') return 'claimsAway'
  if (error.code === 'forbidden')
    return error.detail === 'form-out-of-date' || error.detail === 'cross-site'
      ? 'outOfDate'
      : 'noPermission'
  return kinds[error.code] ?? 'refused'
}

export interface StaffErrorPageProps {
  view: StaffView
  error: AppError
  /** The service that did not answer, if one did not. */
  silentPeer: Service | undefined
  reference: string | undefined
  /** Where trying again makes sense: the page itself, when it was only read. */
  again: string | undefined
}

const quiet: ErrorKind[] = ['notFound', 'noPermission']

export const StaffErrorPage = ({
  view,
  error,
  silentPeer,
  reference,
  again,
}: StaffErrorPageProps) => {
  const words = staffErrorTexts(view.language)
  const kind = kindOf(error, silentPeer, again !== undefined)
  const said = words[kind]
  return (
    <StaffPage view={view} title={said.title} width="narrow">
      <ErrorPage
        language={view.language}
        title={said.title}
        reference={quiet.includes(kind) ? undefined : reference}
        tone={kind === 'internal' ? 'bad' : quiet.includes(kind) ? 'info' : 'warn'}
        actions={
          <>
            {again && <Button href={again}>{words.again}</Button>}
            <Button kind={again ? 'secondary' : 'primary'} href="/staff">
              {words.desk}
            </Button>
          </>
        }
      >
        {said.text}
      </ErrorPage>
    </StaffPage>
  )
}

/** A clerk asked for what an approver does. */
export const NeedsApproverPage = ({ view }: { view: StaffView }) => {
  const words = staffErrorTexts(view.language)
  const { roles } = staffTexts(view.language)
  const own = (view.member?.roles ?? []).map((role) => roles[role])
  return (
    <StaffPage view={view} title={words.approver.title} width="narrow">
      <Outcome
        tone="info"
        title={words.approver.title}
        actions={<Button href="/staff">{words.desk}</Button>}
      >
        <p>{words.approver.text}</p>
        <p class="soft">{words.approver.textOf(joined(own, view.language))}</p>
      </Outcome>
    </StaffPage>
  )
}

/** A post without a session: it was not sent on. */
export const StaffExpiredPage = ({ view }: { view: StaffView }) => {
  const words = staffErrorTexts(view.language).expired
  return (
    <StaffPage view={view} title={words.title} width="narrow">
      <Outcome
        tone="warn"
        title={words.title}
        actions={<Button href="/staff/sign-in">{words.signIn}</Button>}
      >
        <p>{words.text}</p>
      </Outcome>
    </StaffPage>
  )
}
