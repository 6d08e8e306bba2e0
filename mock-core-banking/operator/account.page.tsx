import { accountParts } from '#shared/accounts.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Amount,
  Card,
  Chip,
  DataTable,
  fullDate,
  KeyValues,
  Moment,
  Money,
  Note,
  PageTitle,
  Pager,
} from '#shared/ui/index.ts'
import { dateIn } from '#shared/dates.ts'
import type { FoundAccount } from '../accounts/search-accounts.ts'
import type { StatementLine } from '../accounts/list-postings.ts'
import { accountPath, numberWords } from './accounts.page.tsx'
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

const What = ({ view, line }: { view: View; line: StatementLine }) => {
  const words = operatorTexts(view.language).account
  const title = line.line === 'fee' ? words.fee : line.paymentId ? line.reference : words.opening
  const direction = line.amountMinor < 0n ? words.to : words.from
  return (
    <>
      {line.paymentId ? <a href={`/operator/payments/${line.paymentId}`}>{title}</a> : title}
      {line.paymentId && (
        <>
          <br />
          <span class="soft">
            <a href={accountPath(line.counterAccount)}>{direction(line.counterHolder)}</a>
          </span>
        </>
      )}
    </>
  )
}

const Postings = ({ view, found, lines, nextCursor }: AccountPageProps) => {
  const { language, timeZone } = view
  const words = operatorTexts(language).account
  const { currency, account } = found.account
  const columns = [
    {
      label: words.when,
      cell: (line: StatementLine) => (
        <Moment at={line.madeAt} timeZone={timeZone} language={language} />
      ),
    },
    {
      label: words.what,
      heading: true,
      cell: (line: StatementLine) => <What view={view} line={line} />,
    },
    {
      label: words.amount,
      number: true,
      cell: ({ amountMinor }: StatementLine) => (
        <Money amount={amountMinor} currency={currency} language={language} />
      ),
    },
    {
      label: words.after,
      number: true,
      cell: ({ balanceMinor }: StatementLine) => (
        <Money amount={balanceMinor} currency={currency} language={language} />
      ),
    },
  ]
  return (
    <>
      <DataTable
        language={language}
        caption={words.postings}
        columns={columns}
        rows={lines}
        empty={words.noPostings}
      />
      <Pager
        language={language}
        older={nextCursor && `${accountPath(account)}?cursor=${nextCursor}`}
      />
    </>
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
    <OperatorPage view={view} title={account.holder} section="accounts" width="wide">
      <PageTitle
        title={account.holder}
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
