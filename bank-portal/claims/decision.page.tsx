import type { Child } from 'hono/jsx'
import type { Account } from '#shared/contracts/core-banking.ts'
import { mostClaimsOfPayment } from '#shared/contracts/payment-content.ts'
import { formatMoney } from '#shared/money.ts'
import { AccountCard, Button, Decision, Money, Note, Totals } from '#shared/ui/index.ts'
import type { View } from '../layout.tsx'
import { accountBrief, accountName, shownNumber, sumsOf, sumWords } from '../names.ts'
import { portalTexts } from '../texts.ts'
import { offeredField } from './list-query.ts'
import type { Decisive } from './list-to-pay.ts'
import type { Basket, PricedAccount } from './price-basket.ts'
import { claimsTexts } from './texts.ts'

export const decisionId = 'decision'

export interface ClaimDecisionProps extends Decisive {
  view: View
  /** Ticked claims that the list does not show: found by another search, on another page. */
  hidden: number
  /** Where the shown page of the list begins. */
  page: string | undefined
}

const PricedCard = ({
  view,
  priced: { account, quote, afterMinor, shortByMinor, hasLowestFee },
  checked,
}: {
  view: View
  priced: PricedAccount
  checked: boolean
}) => {
  const { language } = view
  const words = claimsTexts(language).decision
  const money = (amount: bigint) => formatMoney(amount, account.currency, language)
  return (
    <AccountCard
      name="account"
      value={account.account}
      checked={checked}
      disabled={!quote}
      title={accountName(account, language)}
      number={shownNumber(account.account)}
      balance={money(account.balanceMinor)}
      fee={quote ? portalTexts(language).fee(money(quote.feeMinor)) : words.cannotPay}
      {...(hasLowestFee ? { tag: words.lowestFee } : {})}
      after={
        afterMinor === undefined ? undefined : { label: words.after, value: money(afterMinor) }
      }
      short={shortByMinor === undefined ? undefined : words.short(money(shortByMinor))}
    />
  )
}

const BalanceCard = ({
  view,
  account,
  checked,
}: {
  view: View
  account: Account
  checked: boolean
}) => (
  <AccountCard
    name="account"
    value={account.account}
    checked={checked}
    title={accountName(account, view.language)}
    number={shownNumber(account.account)}
    balance={formatMoney(account.balanceMinor, account.currency, view.language)}
  />
)

const BasketTotals = ({ view, basket }: { view: View; basket: Basket }) => {
  const { language } = view
  const words = claimsTexts(language).decision
  const { claims, payees, amountMinor, currency, chosen } = basket
  const money = (amount: bigint) => (
    <Money amount={amount} currency={currency} language={language} />
  )
  const quote = chosen?.quote
  const saved = quote?.groups.reduce((sum, group) => sum + group.savedMinor, 0n) ?? 0n
  return (
    <Totals
      items={[
        { label: words.claimsOf(claims.length, payees), value: money(amountMinor) },
        { label: words.fee, value: money(quote?.feeMinor ?? 0n) },
        ...(saved > 0n ? [{ label: words.saved, value: money(saved), quiet: true }] : []),
        { label: words.total, value: money(quote?.totalMinor ?? amountMinor), total: true },
      ]}
    />
  )
}

const BalanceTotal = ({
  view,
  accounts,
  otherAccounts,
}: {
  view: View
  accounts: readonly Account[]
  otherAccounts: number
}) => {
  const sums = sumsOf(accounts.map((one) => ({ ...one, amountMinor: one.balanceMinor })))
  const words = claimsTexts(view.language).decision
  const label = otherAccounts > 0 ? words.payingAccounts : words.allAccounts
  return <Totals items={[{ label, value: sumWords(sums, view.language), total: true }]} />
}

const Buttons = ({
  view,
  amount,
  page,
}: {
  view: View
  amount: string | undefined
  page: string | undefined
}) => {
  const words = claimsTexts(view.language).decision
  return (
    <>
      <Button wide>{amount ? words.checkAmount(amount) : words.check}</Button>
      <button
        class="button is-secondary tools-go"
        type="submit"
        formaction="/claims"
        {...(page ? { name: 'cursor', value: page } : {})}
      >
        {words.recalculate}
      </button>
      <Button kind="quiet" href="/">
        {words.notNow}
      </Button>
    </>
  )
}

/**
 * That ticked claims are not shown. `replaces`: beside other rows, in place of the one on the page; where
 * that says something else instead, nothing is replaced.
 */
export const HiddenTicks = ({
  view,
  hidden,
  replaces = false,
}: Pick<ClaimDecisionProps, 'view' | 'hidden'> & { replaces?: boolean }) => (
  <span id={`${decisionId}-hidden`} {...(replaces ? { 'hx-swap-oob': 'true' } : {})}>
    {hidden > 0 && claimsTexts(view.language).decision.hidden(hidden)}
  </span>
)

/** What stands in the way of paying all that is ticked. */
const obstacleOf = ({
  view,
  priced,
}: Pick<ClaimDecisionProps, 'view' | 'priced'>): string | undefined => {
  const words = claimsTexts(view.language).decision
  switch (priced?.outcome) {
    case 'mixed-currencies':
      return words.mixed
    case 'too-many':
      return words.tooMany(mostClaimsOfPayment)
    case 'no-accounts':
      return words.noAccounts
    case 'nothing':
      return priced.leftOut.length > 0 ? words.leftOut(priced.leftOut.length) : words.hint
    case 'priced':
      if (priced.basket.leftOut.length > 0) return words.leftOut(priced.basket.leftOut.length)
      return undefined
    case undefined:
      return undefined
  }
}

const Away = ({ view }: { view: View }) => (
  <aside class="decision" id={decisionId}>
    <Note tone="warn" announce>
      {claimsTexts(view.language).decision.away}
    </Note>
  </aside>
)

/** The phone's one line: what is ticked and its fee, or what stands in the way. */
const briefOf = ({ view, priced }: ClaimDecisionProps): Child => {
  const words = claimsTexts(view.language).decision
  if (priced?.outcome !== 'priced') {
    const isPlain = priced === undefined || priced.outcome === 'nothing'
    return isPlain ? words.nothing : obstacleOf({ view, priced })
  }
  const { basket } = priced
  const { currency, chosen } = basket
  if (chosen?.shortByMinor !== undefined) {
    const short = formatMoney(chosen.shortByMinor, currency, view.language)
    return <span class="account-short">{words.short(short)}</span>
  }
  const fee = formatMoney(chosen?.quote?.feeMinor ?? 0n, currency, view.language)
  return words.brief(basket.claims.length, portalTexts(view.language).fee(fee))
}

/** What is ticked, from which account, what it costs, what is left: beside the list, or at the thumb. */
export const ClaimDecision = (props: ClaimDecisionProps) => {
  const { view, accounts, otherAccounts, priced, account, isOffered, page } = props
  const { language } = view
  const words = claimsTexts(language).decision
  if (!accounts || !priced) return <Away view={view} />
  const basket = priced.outcome === 'priced' ? priced.basket : undefined
  const own = accounts.find((one) => one.account === account)
  const quote = basket?.chosen?.quote
  const money = (amount: bigint) => formatMoney(amount, basket?.currency ?? 'JPY', language)
  const total = basket && money(quote?.totalMinor ?? basket.amountMinor)
  return (
    <Decision
      id={decisionId}
      title={basket ? words.payFrom(basket.claims.length) : words.accounts}
      accounts={
        basket
          ? basket.accounts.map((one) => (
              <PricedCard view={view} priced={one} checked={one.account.account === account} />
            ))
          : accounts.map((one) => (
              <BalanceCard view={view} account={one} checked={one.account === account} />
            ))
      }
      {...(own
        ? { chosen: { label: words.from, value: accountBrief(own, language), close: words.close } }
        : {})}
      brief={briefOf(props)}
      total={total ?? ''}
      totals={
        basket ? (
          <BasketTotals view={view} basket={basket} />
        ) : (
          <BalanceTotal view={view} accounts={accounts} otherAccounts={otherAccounts} />
        )
      }
      actions={
        <>
          {isOffered && account && <input type="hidden" name={offeredField} value={account} />}
          <Buttons view={view} amount={total} page={page} />
        </>
      }
      note={obstacleOf(props) ?? <HiddenTicks {...props} />}
    />
  )
}
