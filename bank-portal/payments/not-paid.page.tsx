import type { PropsWithChildren } from 'hono/jsx'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { Button, Card, Note, Outcome, timeWords } from '#shared/ui/index.ts'
import type { ReserveOutcome } from '../claim-server-client.ts'
import type { PaymentAuthorisation } from '../deps.ts'
import { PortalPage, type View } from '../layout.tsx'
import { portalTexts } from '../texts.ts'
import { AgreeForm } from './confirm.page.tsx'
import type { Preparation } from './prepare-payment.ts'
import { chosenOf, confirmPath, listPath, partsFrom, resultPath } from './run-parts.ts'
import { paymentsTexts } from './texts.ts'

const Frame = ({ view, title, children }: PropsWithChildren<{ view: View; title: string }>) => (
  <PortalPage view={view} title={title} section="to-pay" width="narrow">
    <div class="stack">{children}</div>
  </PortalPage>
)

interface PlainProps {
  view: View
  title: string
  text: string
  href: string
  action: string
  tone?: 'bad' | 'warn' | 'info'
}

const Plain = ({ view, title, text, href, action, tone = 'warn' }: PlainProps) => (
  <Frame view={view} title={title}>
    <Outcome tone={tone} title={title} actions={<Button href={href}>{action}</Button>}>
      <p>{text}</p>
    </Outcome>
  </Frame>
)

type NotReady = Exclude<Preparation['outcome'], 'ready' | 'short' | 'too-many'>

/** The basket can't become a payment; nothing was paid. */
export const NotPayablePage = ({ view, reason }: { view: View; reason: NotReady }) => {
  const words = paymentsTexts(view.language).notPayable
  const said: Record<NotReady, { title: string; text: string }> = {
    'not-payable': { title: words.title, text: words.text },
    'no-accounts': { title: words.noAccountsTitle, text: words.noAccountsText },
    'mixed-currencies': { title: words.mixedTitle, text: words.mixedText },
    'no-holder': { title: words.noHolderTitle, text: words.noHolderText },
    'account-off': { title: words.accountOffTitle, text: words.accountOffText },
  }
  const action = portalTexts(view.language).backToList
  return <Plain view={view} {...said[reason]} href="/claims" action={action} />
}

const StatusLink = ({ view, ids }: { view: View; ids: readonly string[] }) => {
  const words = paymentsTexts(view.language).password
  return (
    <p>
      {words.statusText} <a href={resultPath(ids)}>{words.status}</a>
    </p>
  )
}

type Contents = readonly [PaymentContent, ...PaymentContent[]]

const idsOf = (contents: Contents) => contents.map((one) => one.paymentId)

export interface WrongPasswordPageProps {
  view: View
  contents: Contents
  authorisation: PaymentAuthorisation
  triesLeft: number
}

/** Never "nothing was paid" by itself: the same payment may have been confirmed before. */
export const WrongPasswordPage = ({
  view,
  contents,
  authorisation,
  triesLeft,
}: WrongPasswordPageProps) => {
  const words = paymentsTexts(view.language).password
  return (
    <PortalPage view={view} title={words.title} section="to-pay" width="narrow" hasErrors>
      <div class="stack">
        <Outcome tone="bad" title={words.title}>
          <p>{words.text}</p>
          <p>
            <b>{words.triesLeft(triesLeft)}</b>
          </p>
          <StatusLink view={view} ids={idsOf(contents)} />
        </Outcome>
        <Card title={words.again}>
          <AgreeForm view={view} contents={contents} authorisation={authorisation} />
          <p>
            <a href={confirmPath(partsFrom(contents))}>{words.details}</a>
          </p>
        </Card>
      </div>
    </PortalPage>
  )
}

/** Without `lockedUntil` the lock has begun with this try. */
export const LockedPage = ({
  view,
  contents,
  lockedUntil,
}: {
  view: View
  contents: Contents
  lockedUntil?: Date
}) => {
  const words = paymentsTexts(view.language).locked
  return (
    <Frame view={view} title={words.title}>
      <Outcome
        tone="bad"
        title={words.title}
        actions={<Button href="/claims">{portalTexts(view.language).backToList}</Button>}
      >
        <p>
          {lockedUntil
            ? words.text(timeWords(lockedUntil, view.timeZone, view.language))
            : words.now}
        </p>
        <p>{words.money}</p>
        <StatusLink view={view} ids={idsOf(contents)} />
      </Outcome>
    </Frame>
  )
}

type NotReserved = Extract<ReserveOutcome, { outcome: 'not-reserved' }>

const statusWords = (status: string, language: View['language']): string => {
  const words = paymentsTexts(language).taken
  switch (status) {
    case 'paying':
    case 'settled':
    case 'expired':
    case 'cancelled':
    case 'declined':
      return words[status]
    default:
      return words.other
  }
}

const TakenClaim = ({
  view,
  claim,
  holder,
}: {
  view: View
  claim: NotReserved['claims'][number]
  /** Who was to be paid, as the confirmation named it. */
  holder: string
}) => {
  const words = paymentsTexts(view.language).taken
  const href =
    claim.status === 'settled'
      ? { to: `/paid/${claim.orderNumber}`, words: words.toRecord }
      : claim.paymentId
        ? { to: `/payments/${claim.paymentId}`, words: words.toPayment }
        : undefined
  return (
    <Note
      tone={claim.status === 'settled' ? 'ok' : 'warn'}
      title={`${holder} · ${claim.orderNumber}`}
    >
      {statusWords(claim.status, view.language)}
      {href && (
        <>
          {' · '}
          <a href={href.to}>{href.words}</a>
        </>
      )}
    </Note>
  )
}

/** Another payment, or the shop, was faster: a way to what became of each claim. */
export const TakenPage = ({
  view,
  contents,
  claims,
}: {
  view: View
  contents: Contents
  claims: NotReserved['claims']
}) => {
  const words = paymentsTexts(view.language).taken
  const holderOf = (number: string) =>
    contents.flatMap((one) => one.claims).find((one) => one.orderNumber === number)?.payeeHolder ??
    ''
  const title = claims.length === 1 && claims[0]?.status === 'paying' ? words.oneTitle : words.title
  return (
    <Frame view={view} title={title}>
      <Outcome
        tone="warn"
        title={title}
        actions={<Button href={listPath(chosenOf(partsFrom(contents)))}>{words.again}</Button>}
      >
        <p>{words.text}</p>
      </Outcome>
      {claims.map((claim) => (
        <TakenClaim view={view} claim={claim} holder={holderOf(claim.orderNumber)} />
      ))}
    </Frame>
  )
}

/** A peer did not answer before anything was held. */
export const NotPossiblePage = ({ view, contents }: { view: View; contents: Contents }) => {
  const words = paymentsTexts(view.language).notPossible
  return (
    <Plain
      view={view}
      title={words.title}
      text={words.text}
      href={confirmPath(partsFrom(contents))}
      action={words.again}
    />
  )
}

export const OtherContentPage = ({ view, contents }: { view: View; contents: Contents }) => {
  const words = paymentsTexts(view.language)
  return (
    <Plain
      view={view}
      title={words.otherContent.title}
      text={words.otherContent.text}
      href={resultPath(idsOf(contents))}
      action={words.password.status}
    />
  )
}

/** The form does not agree with its own D: bent, or cut off on its way. */
export const BadFormPage = ({ view }: { view: View }) => {
  const words = paymentsTexts(view.language).badForm
  const action = portalTexts(view.language).backToList
  return <Plain view={view} title={words.title} text={words.text} href="/claims" action={action} />
}
