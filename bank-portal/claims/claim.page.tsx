import type { Claim } from '#shared/contracts/claim-server.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import type { findClaim } from '#shared/contracts/claim-server.ts'
import { daysBetween } from '#shared/dates.ts'
import {
  Actions,
  Amount,
  Button,
  Card,
  Chip,
  fullDate,
  type KeyValue,
  KeyValues,
  Moment,
  nearness,
  Note,
  PageTitle,
  Timeline,
  type Tone,
} from '#shared/ui/index.ts'
import { PortalPage, type View } from '../layout.tsx'
import { payeeName } from '../names.ts'
import { safeLink } from '../safe-link.ts'
import { portalTexts } from '../texts.ts'
import { declinedBecause, declinePath } from './decline.page.tsx'
import { declineTexts } from './decline.texts.ts'
import { claimsTexts } from './texts.ts'

export interface ClaimPageProps extends ReplyOf<typeof findClaim> {
  view: View
  /** The reason for which it was declined just now. */
  declined: string | undefined
}

const tones: Record<Claim['status'], Tone> = {
  provisional: 'quiet',
  unsettled: 'info',
  paying: 'warn',
  settled: 'ok',
  abandoned: 'quiet',
  expired: 'bad',
  cancelled: 'quiet',
  declined: 'quiet',
}

const isPaid = (claim: Claim) => claim.status === 'settled'

const facts = ({ view, claim, today }: ClaimPageProps): KeyValue[] => {
  const { language } = view
  const words = claimsTexts(language).claim
  const common = portalTexts(language)
  const { originalTimeLimit } = claim
  return [
    {
      label: words.status,
      value: (
        <Chip tone={tones[claim.status]} busy={claim.status === 'paying'}>
          {common.statuses[claim.status]}
        </Chip>
      ),
    },
    { label: words.goods, value: claim.description },
    { label: common.orderNumber, value: <code>{claim.orderNumber}</code> },
    { label: words.orderedOn, value: fullDate(claim.orderedOn, language) },
    {
      label: words.timeLimit,
      value: (
        <>
          {fullDate(claim.timeLimit, language)}
          {claim.payable && (
            <>
              {language === 'ja' ? '　' : ', '}
              <span class={`limit is-${nearness(claim.timeLimit, today)}`}>
                {words.left(daysBetween(today, claim.timeLimit))}
              </span>
            </>
          )}
          {originalTimeLimit && (
            <span class="soft"> {words.moved(fullDate(originalTimeLimit, language))}</span>
          )}
        </>
      ),
    },
  ]
}

const contacts = ({ view, claim }: ClaimPageProps): KeyValue[] => {
  const words = claimsTexts(view.language).claim
  const { phone, mailAddress, website } = claim.payee
  const site = safeLink(website)
  return [
    { label: words.payee, value: payeeName(claim.payee, view.language) },
    ...(phone ? [{ label: words.phone, value: phone }] : []),
    ...(mailAddress
      ? [{ label: words.mail, value: <a href={`mailto:${mailAddress}`}>{mailAddress}</a> }]
      : []),
    ...(site
      ? [
          {
            label: words.website,
            value: (
              <a href={site} rel="noopener noreferrer">
                {site}
              </a>
            ),
          },
        ]
      : []),
  ]
}

const eventTone = (event: string): 'ok' | 'bad' | 'warn' | 'quiet' => {
  if (event === 'settled') return 'ok'
  if (event === 'expired') return 'bad'
  return event === 'paying' || event === 'released' || event === 'warned' ? 'warn' : 'quiet'
}

const History = ({ view, history }: ClaimPageProps) => {
  const words = claimsTexts(view.language).events
  const title = (event: string) =>
    event in words ? words[event as keyof typeof words] : words.changed
  return (
    <Timeline
      items={history.map(({ at, event, by, reason }) => ({
        title: title(event),
        ...(event === 'declined' && reason && by === 'customer'
          ? { detail: declinedBecause(reason, view.language) }
          : {}),
        at: <Moment at={at} timeZone={view.timeZone} language={view.language} />,
        tone: eventTone(event),
      }))}
    />
  )
}

const Ways = ({ view, claim }: ClaimPageProps) => {
  const words = claimsTexts(view.language).claim
  if (claim.payable)
    return <Button href={`/payments/new?claim=${claim.orderNumber}`}>{words.pay}</Button>
  if (claim.inPayment)
    return <Button href={`/payments/${claim.inPayment.paymentId}`}>{words.payOn}</Button>
  if (claim.settlement) return <Button href={`/paid/${claim.orderNumber}`}>{words.record}</Button>
  if (claim.onHold) return <Note tone="warn">{words.onHold}</Note>
  return <Note tone="quiet">{words.notPayable}</Note>
}

const Declined = ({ view, claim, declined }: ClaimPageProps) => {
  const words = declineTexts(view.language)
  if (!declined) return null
  return (
    <Note tone="ok" announce>
      {declined === 'not-mine'
        ? words.doneReport
        : words.done(payeeName(claim.payee, view.language))}
    </Note>
  )
}

const WaysOut = ({ view, claim }: ClaimPageProps) => {
  const words = declineTexts(view.language)
  if (claim.status !== 'unsettled') return null
  return (
    <p class="soft">
      <a href={declinePath(claim.orderNumber)}>{words.way}</a>
      {' · '}
      <a href={declinePath(claim.orderNumber, 'not-mine')}>{words.report}</a>
    </p>
  )
}

/** One claim: goods, the shop's contact, dates, and what happened, in words. */
export const ClaimPage = (props: ClaimPageProps) => {
  const { view, claim } = props
  const words = claimsTexts(view.language).claim
  const name = payeeName(claim.payee, view.language)
  const back = isPaid(claim)
    ? { href: '/paid', label: words.backPaid }
    : { href: '/claims', label: words.back }
  return (
    <PortalPage view={view} title={name} section={isPaid(claim) ? 'paid' : 'to-pay'} width="narrow">
      <div class="stack">
        <PageTitle title={name} back={back} />
        <Declined {...props} />
        <Card>
          <Amount amount={claim.amountMinor} currency={claim.currency} language={view.language} />
          <KeyValues items={facts(props)} />
          <Actions>
            <Ways {...props} />
          </Actions>
          <WaysOut {...props} />
        </Card>
        <Card title={words.contact}>
          <p class="soft">{words.contactText}</p>
          <KeyValues items={contacts(props)} />
        </Card>
        <Card title={words.history}>
          <History {...props} />
        </Card>
      </div>
    </PortalPage>
  )
}
