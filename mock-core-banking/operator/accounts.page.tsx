import { accountParts } from '#shared/accounts.ts'
import {
  Button,
  Chip,
  ClaimRow,
  EmptyState,
  GroupHeading,
  Money,
  Pager,
  PageTitle,
  Rows,
  Tools,
} from '#shared/ui/index.ts'
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

/** Whose it is, in the operator's language. */
export const holderName = ({ account, nameJa }: FoundAccount, view: View): string => {
  if (account.purpose !== 'holder') return view.bankName
  return view.language === 'ja' ? (nameJa ?? account.holder) : account.holder
}

const Chips = ({ view, account }: { view: View; account: FoundAccount['account'] }) => {
  const words = operatorTexts(view.language).account
  return (
    <>
      {account.purpose !== 'holder' && <Chip>{words.own}</Chip>}
      {account.closedAt && <Chip tone="warn">{words.closed}</Chip>}
    </>
  )
}

const AccountRow = ({ view, found }: { view: View; found: FoundAccount }) => {
  const { language } = view
  const { account } = found
  return (
    <ClaimRow
      id={`account-${account.account}`}
      payee={holderName(found, view)}
      description={language === 'ja' ? account.labelJa : account.label}
      reference={numberWords(account.account, view)}
      amount={
        <Money amount={account.balanceMinor} currency={account.currency} language={language} />
      }
      below={language === 'ja' ? found.branchNameJa : found.branchName}
      chips={<Chips view={view} account={account} />}
      href={accountPath(account.account)}
    />
  )
}

const olderPath = (search: string, next: string | undefined) =>
  next && `/operator?${new URLSearchParams({ ...(search ? { search } : {}), after: next })}`

/** The rows: what the page shows, and what the search box loads again as one types. */
export const AccountRows = ({ view, search, page }: AccountsPageProps) => {
  const { language } = view
  const words = operatorTexts(language).accounts
  return (
    <div id="accounts" class="stack">
      <GroupHeading title={search ? words.found(page.count) : words.count(page.count)} />
      {page.found.length === 0 ? (
        <EmptyState title={words.none} icon="search">
          {words.noneText}
        </EmptyState>
      ) : (
        <Rows label={words.title}>
          {page.found.map((found) => (
            <AccountRow view={view} found={found} />
          ))}
        </Rows>
      )}
      <Pager language={language} older={olderPath(search, page.next)} />
    </div>
  )
}

/** All accounts of the bank, searched as one types. */
export const AccountsPage = (props: AccountsPageProps) => {
  const { view, search } = props
  const words = operatorTexts(view.language).accounts
  return (
    <OperatorPage view={view} title={words.title} section="accounts">
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
        hx-replace-url="true"
      />
      <AccountRows {...props} />
    </OperatorPage>
  )
}
