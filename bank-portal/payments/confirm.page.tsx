import { maskedNumber } from '#shared/accounts.ts'
import type { Claim } from '#shared/contracts/claim-server.ts'
import {
  type ContentGroup,
  digestOf,
  groupsOf,
  type PaymentContent,
  totalOf,
} from '#shared/contracts/payment-content.ts'
import { toJson } from '#shared/json.ts'
import { formatMoney, sumMinor } from '#shared/money.ts'
import {
  Amount,
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  fullDate,
  Items,
  KeyValues,
  Money,
  Note,
  PageTitle,
  Totals,
} from '#shared/ui/index.ts'
import type { PaymentAuthorisation } from '../deps.ts'
import { PortalPage, type View } from '../layout.tsx'
import { accountInFull, accountName, payeeName } from '../names.ts'
import type { PaymentDraft } from './prepare-payment.ts'
import { paymentsTexts } from './texts.ts'

export interface AgreeFormProps {
  view: View
  content: PaymentContent
  authorisation: PaymentAuthorisation
  mistakes?: Record<string, string>
}

/** The form that pays: the content as shown, its D, and what the customer types to agree. */
export const AgreeForm = ({ view, content, authorisation, mistakes = {} }: AgreeFormProps) => {
  const { language } = view
  const words = paymentsTexts(language).confirm
  const errors = Object.entries(mistakes).map(([name, message]) => ({ name, message }))
  return (
    <form method="post" action="/payments" class="form" novalidate>
      <ErrorSummary errors={errors} language={language} />
      <CsrfField token={view.page.csrfToken} />
      <input type="hidden" name="content" value={toJson(content)} />
      <input type="hidden" name="digest" value={digestOf(content)} />
      {authorisation.fields({ language, account: content.payerAccount, mistakes })}
      <Button wide>{words.pay(formatMoney(totalOf(content), content.currency, language))}</Button>
    </form>
  )
}

/** The list with the same ticks and account. */
export const listPathOf = ({ claims, payerAccount }: PaymentContent): string => {
  const query = new URLSearchParams(claims.map((claim) => ['claim', claim.orderNumber]))
  query.set('account', payerAccount)
  return `/claims?${query}`
}

export const confirmPathOf = (content: PaymentContent): string => {
  const query = new URLSearchParams(content.claims.map((claim) => ['claim', claim.orderNumber]))
  query.set('account', content.payerAccount)
  query.set('id', content.paymentId)
  return `/payments/new?${query}`
}

interface GroupProps {
  view: View
  group: ContentGroup
  content: PaymentContent
  claims: readonly Claim[]
}

const GroupCard = ({ view, group, content, claims }: GroupProps) => {
  const { language } = view
  const words = paymentsTexts(language).confirm
  const own = claims.filter((claim) => group.orderNumbers.includes(claim.orderNumber))
  const [first] = own
  const holder =
    content.claims.find((one) => one.payeeAccount === group.payeeAccount)?.payeeHolder ?? ''
  const money = (amount: bigint) => (
    <Money amount={amount} currency={content.currency} language={language} />
  )
  return (
    <Card title={first ? payeeName(first.payee, language) : ''}>
      <p class="soft">{words.payeeAccount(holder, accountInFull(group.payeeAccount, language))}</p>
      <Items
        items={[
          ...own.map((claim) => ({
            title: claim.description,
            text: claim.orderNumber,
            amount: money(claim.amountMinor),
          })),
          {
            title: <span class="soft">{words.fee}</span>,
            amount: money(group.feeMinor),
          },
        ]}
      />
    </Card>
  )
}

const Sums = ({ view, draft }: { view: View; draft: PaymentDraft }) => {
  const { language } = view
  const words = paymentsTexts(language).confirm
  const { content, account, afterMinor, savedMinor } = draft
  const money = (amount: bigint) => (
    <Money amount={amount} currency={content.currency} language={language} />
  )
  const fees = sumMinor(content.fees.map((fee) => fee.feeMinor))
  return (
    <>
      <KeyValues
        items={[
          {
            label: words.from,
            value: `${accountName(account, language)} ${maskedNumber(account.account)}`,
          },
          { label: words.day, value: fullDate(content.day, language) },
        ]}
      />
      <Totals
        items={[
          {
            label: words.sum(content.claims.length),
            value: money(totalOf(content) - fees),
          },
          { label: words.fees(content.fees.length), value: money(fees) },
          ...(savedMinor > 0n
            ? [{ label: words.saved, value: money(savedMinor), quiet: true }]
            : []),
          { label: words.total, value: money(totalOf(content)), total: true },
          { label: words.after, value: money(afterMinor), quiet: true },
        ]}
      />
    </>
  )
}

export interface ConfirmPageProps {
  view: View
  draft: PaymentDraft
  authorisation: PaymentAuthorisation
  mistakes?: Record<string, string>
  /** What is different from the confirmation before, in words. */
  changes?: string[]
}

const Changes = ({ view, changes }: { view: View; changes: string[] }) => {
  const words = paymentsTexts(view.language).changed
  return (
    <Note tone="warn" title={words.title} announce>
      <p>{words.text}</p>
      <ul>
        {changes.map((change) => (
          <li>{change}</li>
        ))}
      </ul>
    </Note>
  )
}

/** Everything that the customer agrees to, that is all of D, and the password (Fig. 33, S207-S208). */
export const ConfirmPage = ({
  view,
  draft,
  authorisation,
  mistakes = {},
  changes,
}: ConfirmPageProps) => {
  const { language } = view
  const words = paymentsTexts(language).confirm
  const { content, claims, leftOut } = draft
  return (
    <PortalPage
      view={view}
      title={words.title}
      section="to-pay"
      width="narrow"
      hasErrors={Object.keys(mistakes).length > 0}
    >
      <div class="stack">
        <PageTitle title={words.title} back={{ href: listPathOf(content), label: words.back }} />
        {changes && <Changes view={view} changes={changes} />}
        {leftOut.length > 0 && <Note tone="warn">{words.leftOut(leftOut.length)}</Note>}
        <Card>
          <p class="soft">{words.pays(claims.length)}</p>
          <Amount amount={totalOf(content)} currency={content.currency} language={language} />
          <Sums view={view} draft={draft} />
        </Card>
        {groupsOf(content).map((group) => (
          <GroupCard view={view} group={group} content={content} claims={claims} />
        ))}
        <Card title={words.agree}>
          <p class="soft">{words.agreeText}</p>
          <AgreeForm
            view={view}
            content={content}
            authorisation={authorisation}
            mistakes={mistakes}
          />
        </Card>
      </div>
    </PortalPage>
  )
}
