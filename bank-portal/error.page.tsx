import type { AppError, ProblemCode } from '#shared/errors.ts'
import { Button, ErrorPage } from '#shared/ui/index.ts'
import type { Service } from '#shared/service-token.ts'
import { type ErrorKind, errorTexts } from './errors.texts.ts'
import { PortalPage, type View } from './layout.tsx'

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

/** Which page tells of an error; `silentPeer` is the service that did not answer, if one did not. */
export const errorKind = (error: AppError, silentPeer?: Service): ErrorKind => {
  if (silentPeer === 'core-banking') return 'coreAway'
  if (silentPeer === 'claim-server') return 'claimsAway'
  if (error.code === 'forbidden')
    return error.detail === 'form-out-of-date' || error.detail === 'cross-site'
      ? 'outOfDate'
      : 'noPermission'
  return kinds[error.code] ?? 'refused'
}

export interface PortalErrorPageProps {
  view: View
  kind: ErrorKind
  /** The request id, to read out to the bank. */
  reference: string | undefined
  /** Where trying again makes sense: the page itself, when it was only read. */
  again?: string | undefined
}

const quiet: ErrorKind[] = ['notFound', 'noPermission']

/** What happened, what it means for the money, what to do. */
export const PortalErrorPage = ({ view, kind, reference, again }: PortalErrorPageProps) => {
  const words = errorTexts(view.language)
  const said = words[kind]
  return (
    <PortalPage view={view} title={said.title} width="narrow">
      <ErrorPage
        language={view.language}
        title={said.title}
        reference={quiet.includes(kind) ? undefined : reference}
        tone={kind === 'internal' ? 'bad' : quiet.includes(kind) ? 'info' : 'warn'}
        actions={
          <>
            {again && <Button href={again}>{words.again}</Button>}
            <Button kind={again ? 'secondary' : 'primary'} href="/claims">
              {words.toList}
            </Button>
            <Button kind="quiet" href="/">
              {words.home}
            </Button>
          </>
        }
      >
        {said.text}
      </ErrorPage>
    </PortalPage>
  )
}
