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
  GroupHeading,
  Items,
  KeyValues,
  Money,
  Note,
  PageTitle,
  Totals,
} from '#shared/ui/index.ts'
import type { PaymentAuthorisation } from '../deps.ts'
import { PortalPage, type View } from '../layout.tsx'
import {
  accountBrief,
  accountInFull,
  accountName,
  payeeName,
  shownNumber,
  sumsOf,
  sumWords,
} from '../names.ts'
import type { PaymentDraft } from './prepare-payment.ts'
import { chosenOf, listPath, partsFrom, splitPath } from './run-parts.ts'
import { runTexts } from './run.texts.ts'
import { paymentsTexts } from './texts.ts'

export interface AgreeFormProps {
  view: View
  /** Every payment of the run. */
  contents: readonly [PaymentContent, ...PaymentContent[]]
  authorisation: PaymentAuthorisation
  mistakes?: Record<string, string>
}

const totalWords = (contents: readonly PaymentContent[], { language }: View): string =>
  sumWords(
    sumsOf(contents.map((one) => ({ currency: one.currency, amountMinor: totalOf(one) }))),
    language,
  )

/** The form that pays: the contents as shown, each with its D, and what the customer types to agree. */
export const AgreeForm = ({ view, contents, authorisation, mistakes = {} }: AgreeFormProps) => {
  const { language } = view
  const words = paymentsTexts(language).confirm
  const errors = Object.entries(mistakes).map(([name, message]) => ({ name, message }))
  return (
    <form method="post" action="/payments" class="form" novalidate>
      <ErrorSummary errors={errors} language={language} />
      <CsrfField token={view.page.csrfToken} />
      {contents.map((content) => (
        <>
          <input type="hidden" name="content" value={toJson(content)} />
          <input type="hidden" name="digest" value={digestOf(content)} />
        </>
      ))}
      {authorisation.fields({ language, account: contents[0].payerAccount, mistakes })}
      <Button wide>{words.pay(totalWords(contents, view))}</Button>
    </form>
  )
}

interface GroupProps {
  view: View
  group: ContentGroup
  draft: PaymentDraft
}

const GroupCard = ({ view, group, draft: { content, claims, groups } }: GroupProps) => {
  const { language } = view
  const words = paymentsTexts(language).confirm
  const own = claims.filter((claim) => group.orderNumbers.includes(claim.orderNumber))
  const [first] = own
  const holder =
    content.claims.find((one) => one.payeeAccount === group.payeeAccount)?.payeeHolder ?? ''
  const { savedMinor = 0n } = groups.find((one) => one.payeeAccount === group.payeeAccount) ?? {}
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
            ...(own.length > 1
              ? {
                  text: runTexts(language).together(
                    own.length,
                    savedMinor > 0n
                      ? formatMoney(savedMinor, content.currency, language)
                      : undefined,
                  ),
                }
              : {}),
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
            value: `${accountName(account, language)} ${shownNumber(account.account)}`,
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
  drafts: readonly [PaymentDraft, ...PaymentDraft[]]
  leftOut: readonly Claim[]
  canSplit: boolean
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

/** One payment whole: amount, account, sums, and its groups. */
const OnePayment = ({ view, draft }: { view: View; draft: PaymentDraft }) => {
  const { content, claims } = draft
  return (
    <>
      <Card>
        <p class="soft">{paymentsTexts(view.language).confirm.pays(claims.length)}</p>
        <Amount amount={totalOf(content)} currency={content.currency} language={view.language} />
        <Sums view={view} draft={draft} />
      </Card>
      {groupsOf(content).map((group) => (
        <GroupCard view={view} group={group} draft={draft} />
      ))}
    </>
  )
}

/** Several payments: what all of them come to, then each under its account. */
const SeveralPayments = ({ view, drafts }: Pick<ConfirmPageProps, 'view' | 'drafts'>) => {
  const { language } = view
  const words = runTexts(language)
  const contents = drafts.map((draft) => draft.content)
  const count = contents.reduce((sum, content) => sum + content.claims.length, 0)
  return (
    <>
      <Card>
        <p class="soft">{words.pays(count, drafts.length)}</p>
        <p class="amount">{totalWords(contents, view)}</p>
        <p class="soft">{words.eachByItself}</p>
      </Card>
      {drafts.map((draft) => (
        <section class="stack">
          <GroupHeading title={words.from(accountBrief(draft.account, language))} />
          <OnePayment view={view} draft={draft} />
        </section>
      ))}
    </>
  )
}

/** Everything that the customer agrees to, that is all of D, and the password (Fig. 33, S207-S208). */
export const ConfirmPage = (props: ConfirmPageProps) => {
  const { view, drafts, leftOut, canSplit, authorisation, mistakes = {}, changes } = props
  const { language } = view
  const words = paymentsTexts(language).confirm
  const [first, ...others] = drafts
  const contents = drafts.map((draft) => draft.content)
  const chosen = chosenOf(partsFrom(contents))
  const isRun = others.length > 0
  const back = isRun ? splitPath(chosen) : listPath(chosen)
  return (
    <PortalPage
      view={view}
      title={words.title}
      section="to-pay"
      width="narrow"
      hasErrors={Object.keys(mistakes).length > 0}
    >
      <div class="stack">
        <PageTitle title={words.title} back={{ href: back, label: words.back }} />
        {changes && <Changes view={view} changes={changes} />}
        {leftOut.length > 0 && <Note tone="warn">{words.leftOut(leftOut.length)}</Note>}
        {isRun ? <SeveralPayments {...props} /> : <OnePayment view={view} draft={first} />}
        {canSplit && !isRun && (
          <p>
            <a href={splitPath(chosen)}>{runTexts(language).split}</a>
          </p>
        )}
        <Card title={words.agree}>
          <p class="soft">{isRun ? runTexts(language).agreeText : words.agreeText}</p>
          <AgreeForm
            view={view}
            contents={[first.content, ...others.map((draft) => draft.content)]}
            authorisation={authorisation}
            mistakes={mistakes}
          />
        </Card>
      </div>
    </PortalPage>
  )
}
