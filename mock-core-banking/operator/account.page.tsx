import { accountParts } from '#shared/accounts.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Amount,
  Card,
  Chip,
  ClaimRow,
  EmptyState,
  fullDate,
  GroupHeading,
  KeyValues,
  Moment,
  Money,
  Note,
  PageTitle,
  Pager,
  Rows,
} from '#shared/ui/index.ts'
import { dateIn, type LocalDate } from '#shared/dates.ts'
import type { FoundAccount } from '../accounts/search-accounts.ts'
import type { StatementLine } from '../accounts/list-postings.ts'
import { accountPath, holderName, numberWords } from './accounts.page.tsx'
import { operatorTexts } from './texts.ts'
import { OperatorPage, type View } from './view.tsx'

export interface AccountPageProps {
  view: View
  found: FoundAccount
  lines: StatementLine[]
  nextCursor: string | undefined
  /** It was opened just now. */
  isNew: boolean
}

const factsOf = ({ view, found }: AccountPageProps) => {
  const { language, timeZone } = view
  const { account } = found
  const words = operatorTexts(language).account
  const { branch, type } = accountParts(account.account)
  const branchName = language === 'ja' ? found.branchNameJa : found.branchName
  return [
    { label: words.holder, value: account.holder },
    { label: words.key, value: <code>{account.account}</code> },
    { label: words.branch, value: words.branchName(branchName, branch) },
    { label: words.type, value: operatorTexts(language).types[type] },
    ...(account.purpose === 'holder'
      ? [{ label: words.customer, value: account.customerId ?? words.company }]
      : []),
    { label: words.since, value: fullDate(dateIn(timeZone, account.openedAt), language) },
    {
      label: words.limit,
      value:
        account.limitMinor === null
          ? words.noLimit
          : formatMoney(account.limitMinor, account.currency, language),
    },
  ]
}

const titleOf = ({ line, paymentId, counterHolder }: StatementLine, { language }: View) => {
  const words = operatorTexts(language).account
  if (!paymentId) return words.opening
  return line === 'fee' ? words.fee : counterHolder
}

const PostingRow = ({
  view,
  found,
  line,
}: {
  view: View
  found: FoundAccount
  line: StatementLine
}) => {
  const { language, timeZone } = view
  const { currency } = found.account
  const money = (amount: bigint) => formatMoney(amount, currency, language)
  return (
    <ClaimRow
      id={`posting-${line.posting}`}
      payee={titleOf(line, view)}
      description={<Moment at={line.madeAt} timeZone={timeZone} language={language} timeOnly />}
      {...(line.paymentId ? { reference: line.reference } : {})}
      amount={<Money amount={line.amountMinor} currency={currency} language={language} />}
      below={operatorTexts(language).account.after(money(line.balanceMinor))}
      {...(line.paymentId ? { href: `/operator/payments/${line.paymentId}` } : {})}
    />
  )
}

/** Postings by day, as a passbook has them. */
const byDay = (lines: StatementLine[], timeZone: string): [LocalDate, StatementLine[]][] => {
  const days = new Map<LocalDate, StatementLine[]>()
  for (const line of lines) {
    const day = dateIn(timeZone, line.madeAt)
    days.set(day, [...(days.get(day) ?? []), line])
  }
  return [...days]
}

const Postings = ({ view, found, lines, nextCursor }: AccountPageProps) => {
  const { language, timeZone } = view
  const words = operatorTexts(language).account
  if (lines.length === 0) return <EmptyState title={words.postings}>{words.noPostings}</EmptyState>
  return (
    <section class="stack" aria-label={words.postings}>
      {byDay(lines, timeZone).map(([day, ofDay]) => (
        <>
          <GroupHeading title={fullDate(day, language)} />
          <Rows>
            {ofDay.map((line) => (
              <PostingRow view={view} found={found} line={line} />
            ))}
          </Rows>
        </>
      ))}
      <Pager
        language={language}
        older={nextCursor && `${accountPath(found.account.account)}?cursor=${nextCursor}`}
      />
    </section>
  )
}

/** One account: what it is, its balance, and what was posted to it, newest first. */
export const AccountPage = (props: AccountPageProps) => {
  const { view, found, isNew } = props
  const { language } = view
  const { account } = found
  const words = operatorTexts(language).account
  const money = { currency: account.currency, language }
  const label = language === 'ja' ? account.labelJa : account.label
  return (
    <OperatorPage view={view} title={holderName(found, view)} section="accounts">
      <PageTitle
        title={holderName(found, view)}
        back={{ href: '/operator', label: operatorTexts(language).back.accounts }}
      >
        {label} · {numberWords(account.account, view)}{' '}
        {account.closedAt && <Chip tone="warn">{words.closed}</Chip>}
        {account.purpose !== 'holder' && <Chip>{words.own}</Chip>}
      </PageTitle>
      {isNew && (
        <Note tone="ok" announce>
          {words.opened}
        </Note>
      )}
      <Card title={words.balance}>
        <Amount amount={account.balanceMinor} {...money} />
        {account.limitMinor !== null && account.limitMinor !== 0n && (
          <p class="soft">
            {words.available(
              formatMoney(account.balanceMinor - account.limitMinor, account.currency, language),
            )}
          </p>
        )}
        <KeyValues items={factsOf(props)} />
      </Card>
      <Postings {...props} />
    </OperatorPage>
  )
}
