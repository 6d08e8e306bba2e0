import type { PropsWithChildren } from 'hono/jsx'
import { maskedNumber } from '#shared/accounts.ts'
import type { PaymentContent } from '#shared/contracts/payment-content.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Button,
  Card,
  ClaimRow,
  Money,
  Note,
  Outcome,
  Rows,
  timeWords,
  Totals,
} from '#shared/ui/index.ts'
import type { ReserveOutcome } from '../claim-server-client.ts'
import type { PricedAccount } from '../claims/price-basket.ts'
import type { PaymentAuthorisation } from '../deps.ts'
import { PortalPage, type View } from '../layout.tsx'
import { accountName } from '../names.ts'
import { portalTexts } from '../texts.ts'
import { AgreeForm, confirmPathOf, listPathOf } from './confirm.page.tsx'
import type { Preparation } from './prepare-payment.ts'
import { paymentsTexts } from './texts.ts'

type Short = Extract<Preparation, { outcome: 'short' }>

const Frame = ({ view, title, children }: PropsWithChildren<{ view: View; title: string }>) => (
  <PortalPage view={view} title={title} section="to-pay" width="narrow">
    <div class="stack">{children}</div>
  </PortalPage>
)

const OtherAccounts = ({ view, short: { basket, chosen } }: { view: View; short: Short }) => {
  const { language } = view
  const words = paymentsTexts(language).short
  const canPay = basket.accounts.filter(
    (one) => one.quote && one.shortByMinor === undefined && one !== chosen,
  )
  if (canPay.length === 0) return null
  const href = (account: string) => {
    const query = new URLSearchParams(basket.claims.map((claim) => ['claim', claim.orderNumber]))
    query.set('account', account)
    return `/payments/new?${query}`
  }
  const after = ({ account, afterMinor = 0n }: PricedAccount) =>
    formatMoney(afterMinor, account.currency, language)
  return (
    <Card title={words.others}>
      <p class="soft">{words.othersText}</p>
      <Rows label={words.others}>
        {canPay.map((one) => (
          <ClaimRow
            id={`from-${one.account.account}`}
            payee={accountName(one.account, language)}
            initial={language === 'ja' ? '円' : '¥'}
            description={`${maskedNumber(one.account.account)} · ${words.use(after(one))}`}
            amount={portalTexts(language).fee(
              formatMoney(one.quote?.feeMinor ?? 0n, one.account.currency, language),
            )}
            href={href(one.account.account)}
          />
        ))}
      </Rows>
    </Card>
  )
}

/** The chosen account can't pay all: by how much, and what can be done. Nothing is held. */
export const ShortPage = ({ view, short }: { view: View; short: Short }) => {
  const { language } = view
  const words = paymentsTexts(language).short
  const { basket, chosen, shortByMinor } = short
  const money = (amount: bigint) => (
    <Money amount={amount} currency={basket.currency} language={language} />
  )
  const title = words.title(formatMoney(shortByMinor, basket.currency, language))
  const query = new URLSearchParams(basket.claims.map((claim) => ['claim', claim.orderNumber]))
  query.set('account', chosen.account.account)
  return (
    <Frame view={view} title={title}>
      <Outcome
        tone="warn"
        title={title}
        actions={<Button href={`/claims?${query}`}>{words.fewer}</Button>}
      >
        <p>{words.text}</p>
        <p class="soft">{words.later}</p>
      </Outcome>
      <Card
        title={`${accountName(chosen.account, language)} ${maskedNumber(chosen.account.account)}`}
      >
        <Totals
          items={[
            { label: words.available, value: money(chosen.account.availableMinor) },
            { label: words.needed, value: money(chosen.quote?.totalMinor ?? 0n) },
            { label: words.missing, value: money(shortByMinor), total: true },
          ]}
        />
      </Card>
      <OtherAccounts view={view} short={short} />
    </Frame>
  )
}

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
    'no-accounts': { title: words.title, text: words.text },
    'mixed-currencies': { title: words.mixedTitle, text: words.mixedText },
    'no-holder': { title: words.noHolderTitle, text: words.noHolderText },
  }
  const action = portalTexts(view.language).backToList
  return <Plain view={view} {...said[reason]} href="/claims" action={action} />
}

const StatusLink = ({ view, paymentId }: { view: View; paymentId: string }) => {
  const words = paymentsTexts(view.language).password
  return (
    <p>
      {words.statusText} <a href={`/payments/${paymentId}`}>{words.status}</a>
    </p>
  )
}

export interface WrongPasswordPageProps {
  view: View
  content: PaymentContent
  authorisation: PaymentAuthorisation
  triesLeft: number
}

/** Never "nothing was paid" by itself: the same payment may have been confirmed before. */
export const WrongPasswordPage = ({
  view,
  content,
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
          <StatusLink view={view} paymentId={content.paymentId} />
        </Outcome>
        <Card title={words.again}>
          <AgreeForm view={view} content={content} authorisation={authorisation} />
          <p>
            <a href={confirmPathOf(content)}>{words.details}</a>
          </p>
        </Card>
      </div>
    </PortalPage>
  )
}

export const LockedPage = ({
  view,
  content,
  lockedUntil,
}: {
  view: View
  content: PaymentContent
  lockedUntil: Date
}) => {
  const words = paymentsTexts(view.language).locked
  return (
    <Frame view={view} title={words.title}>
      <Outcome
        tone="bad"
        title={words.title}
        actions={<Button href="/claims">{portalTexts(view.language).backToList}</Button>}
      >
        <p>{words.text(timeWords(lockedUntil, view.timeZone, view.language))}</p>
        <p>{words.money}</p>
        <StatusLink view={view} paymentId={content.paymentId} />
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
  content,
  claims,
}: {
  view: View
  content: PaymentContent
  claims: NotReserved['claims']
}) => {
  const words = paymentsTexts(view.language).taken
  const holderOf = (number: string) =>
    content.claims.find((one) => one.orderNumber === number)?.payeeHolder ?? ''
  const title = claims.length === 1 && claims[0]?.status === 'paying' ? words.oneTitle : words.title
  return (
    <Frame view={view} title={title}>
      <Outcome
        tone="warn"
        title={title}
        actions={<Button href={listPathOf(content)}>{words.again}</Button>}
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
export const NotPossiblePage = ({ view, content }: { view: View; content: PaymentContent }) => {
  const words = paymentsTexts(view.language).notPossible
  return (
    <Plain
      view={view}
      title={words.title}
      text={words.text}
      href={confirmPathOf(content)}
      action={words.again}
    />
  )
}

export const OtherContentPage = ({ view, content }: { view: View; content: PaymentContent }) => {
  const words = paymentsTexts(view.language)
  return (
    <Plain
      view={view}
      title={words.otherContent.title}
      text={words.otherContent.text}
      href={`/payments/${content.paymentId}`}
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
