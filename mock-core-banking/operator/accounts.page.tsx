import { accountParts } from '#shared/accounts.ts'
import { Button, Chip, DataTable, Money, Pager, PageTitle, Tools } from '#shared/ui/index.ts'
import type { AccountPage, FoundAccount } from '../accounts/search-accounts.ts'
import { operatorTexts } from './texts.ts'
import { OperatorPage, type View } from './view.tsx'

export interface AccountsPageProps {
  view: View
  search: string
  page: AccountPage
}

export const accountPath = (account: string): string => `/operator/accounts/${account}`

/** "101 ordinary 0014471": what a passbook shows. */
export const numberWords = (account: string, { language }: Pick<View, 'language'>): string => {
  const { branch, type, number } = accountParts(account)
  return `${branch} ${operatorTexts(language).types[type]} ${number}`
}

const Holder = ({ view, account }: { view: View; account: FoundAccount['account'] }) => {
  const words = operatorTexts(view.language).account
  return (
    <>
      <a href={accountPath(account.account)}>{account.holder}</a>{' '}
      {account.purpose !== 'holder' && <Chip>{words.own}</Chip>}
      {account.closedAt && <Chip tone="warn">{words.closed}</Chip>}
    </>
  )
}

const olderPath = (search: string, next: string | undefined) =>
  next && `/operator?${new URLSearchParams({ ...(search ? { search } : {}), after: next })}`

/** The rows: what the page shows, and what the search box loads again as one types. */
export const AccountRows = ({ view, search, page }: AccountsPageProps) => {
  const { language } = view
  const words = operatorTexts(language).accounts
  const columns = [
    {
      label: words.holder,
      heading: true,
      cell: ({ account }: FoundAccount) => <Holder view={view} account={account} />,
    },
    {
      label: words.number,
      cell: ({ account }: FoundAccount) => numberWords(account.account, view),
    },
    {
      label: words.branch,
      cell: (row: FoundAccount) => (language === 'ja' ? row.branchNameJa : row.branchName),
    },
    {
      label: words.label,
      cell: ({ account }: FoundAccount) => (language === 'ja' ? account.labelJa : account.label),
    },
    {
      label: words.balance,
      number: true,
      cell: ({ account }: FoundAccount) => (
        <Money amount={account.balanceMinor} currency={account.currency} language={language} />
      ),
    },
  ]
  return (
    <div id="accounts" class="stack">
      <DataTable
        language={language}
        caption={search ? words.found(page.count) : words.count(page.count)}
        columns={columns}
        rows={page.found}
        empty={words.none}
      />
      <Pager language={language} older={olderPath(search, page.next)} />
    </div>
  )
}

/** All accounts of the bank, searched as one types. */
export const AccountsPage = (props: AccountsPageProps) => {
  const { view, search } = props
  const words = operatorTexts(view.language).accounts
  return (
    <OperatorPage view={view} title={words.title} section="accounts" width="wide">
      <PageTitle
        title={words.title}
        actions={<Button href="/operator/accounts/new">{words.open}</Button>}
      />
      <Tools
        language={view.language}
        action="/operator"
        search={{ name: 'search', label: words.search, value: search }}
        hx-get="/operator"
        hx-trigger="input changed delay:300ms, submit"
        hx-target="#accounts"
        hx-swap="outerHTML"
        hx-sync="this:replace"
      />
      <AccountRows {...props} />
    </OperatorPage>
  )
}
