import type { Account } from '#shared/contracts/core-banking.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Actions,
  Button,
  Card,
  Chip,
  ClaimRow,
  EmptyState,
  instantWords,
  Money,
  Note,
  PageTitle,
  Rows,
  Totals,
} from '#shared/ui/index.ts'
import { PortalPage, type View } from '../layout.tsx'
import { accountName, shownNumber, sumsOf } from '../names.ts'
import type { AccountsOverview } from './show-accounts.ts'
import { accountsTexts } from './texts.ts'

export interface AccountsPageProps extends AccountsOverview {
  view: View
  now: Date
  /** The customer's choices were changed just now. */
  isSaved: boolean
}

const Chips = ({ view, paying, account }: AccountsPageProps & { account: Account }) => {
  const words = accountsTexts(view.language)
  if (paying?.defaultAccount === account.account) return <Chip tone="ok">{words.isDefault}</Chip>
  return paying?.others.includes(account) ? <Chip>{words.doesNotPay}</Chip> : null
}

const Sums = ({ view, accounts, toPay }: AccountsPageProps) => {
  const { language } = view
  const words = accountsTexts(language)
  const sums = sumsOf(accounts.map((one) => ({ ...one, amountMinor: one.balanceMinor })))
  const items = sums.flatMap(({ currency, amountMinor }) => {
    const open = toPay?.find((total) => total.currency === currency)?.amountMinor ?? 0n
    const money = (amount: bigint) => (
      <Money amount={amount} currency={currency} language={language} />
    )
    return [
      { label: words.total, value: money(amountMinor), total: true },
      ...(open > 0n
        ? [
            { label: words.toPay, value: money(open), quiet: true },
            { label: words.left, value: money(amountMinor - open), quiet: true },
          ]
        : []),
    ]
  })
  return <Totals items={items} />
}

/** The customer's accounts with balances and their total. */
export const AccountsPage = (props: AccountsPageProps) => {
  const { view, accounts, now, isSaved } = props
  const { language } = view
  const words = accountsTexts(language)
  return (
    <PortalPage view={view} title={words.title} section="accounts" width="narrow">
      <div class="stack">
        <PageTitle title={words.title}>
          {words.sub(instantWords(now, view.timeZone, language))}
        </PageTitle>
        {isSaved && (
          <Note tone="ok" announce>
            {words.saved}
          </Note>
        )}
        {accounts.length === 0 ? (
          <EmptyState title={words.empty.title}>{words.empty.text}</EmptyState>
        ) : (
          <>
            <Rows label={words.title}>
              {accounts.map((account) => {
                const money = (amount: bigint) => formatMoney(amount, account.currency, language)
                return (
                  <ClaimRow
                    id={`account-${account.account}`}
                    payee={accountName(account, language)}
                    initial={language === 'ja' ? '円' : '¥'}
                    description={shownNumber(account.account)}
                    amount={money(account.balanceMinor)}
                    chips={<Chips {...props} account={account} />}
                    {...(account.availableMinor === account.balanceMinor
                      ? {}
                      : { below: words.available(money(account.availableMinor)) })}
                  />
                )
              })}
            </Rows>
            <Card>
              <Sums {...props} />
            </Card>
            <Actions>
              <Button kind="secondary" href="/accounts/choices">
                {words.choose}
              </Button>
            </Actions>
          </>
        )}
        <p class="soft">{words.hint}</p>
      </div>
    </PortalPage>
  )
}
