import { formatMoney } from '#shared/money.ts'
import {
  Actions,
  Button,
  Card,
  Money,
  Note,
  PageTitle,
  SelectField,
  timeLimitWords,
  Totals,
} from '#shared/ui/index.ts'
import { PortalPage, type View } from '../layout.tsx'
import { accountBrief, accountName, payeeName, shownNumber, sumsOf, sumWords } from '../names.ts'
import type { PricedSplit, SplitPart } from './price-split.ts'
import { fromField, listPath } from './run-parts.ts'
import { runTexts } from './run.texts.ts'

export interface SplitPageProps {
  view: View
  split: PricedSplit
}

const sumsId = 'split-sums'

const PartCard = ({ view, part: { account, priced } }: { view: View; part: SplitPart }) => {
  const { language } = view
  const words = runTexts(language).splitPage
  const title = accountBrief(account, language)
  const basket = priced.outcome === 'priced' ? priced.basket : undefined
  const chosen = basket?.chosen
  if (!basket || !chosen?.quote)
    return (
      <Card title={title}>
        <Note tone="warn">{words.cannotPay}</Note>
      </Card>
    )
  const money = (amount: bigint) => (
    <Money amount={amount} currency={basket.currency} language={language} />
  )
  const { quote, shortByMinor, afterMinor = 0n } = chosen
  return (
    <Card title={title}>
      <Totals
        items={[
          { label: words.count(basket.claims.length), value: money(basket.amountMinor) },
          { label: words.fee, value: money(quote.feeMinor) },
          { label: words.total, value: money(quote.totalMinor), total: true },
          shortByMinor === undefined
            ? { label: words.after, value: money(afterMinor), quiet: true }
            : {
                label: <span class="account-short">{words.short}</span>,
                value: <span class="account-short">{money(shortByMinor)}</span>,
              },
        ]}
      />
    </Card>
  )
}

const totalsOf = ({ parts }: PricedSplit) =>
  sumsOf(
    parts.flatMap(({ priced }) => {
      if (priced.outcome !== 'priced') return []
      const { currency, chosen } = priced.basket
      return chosen?.quote ? [{ currency, amountMinor: chosen.quote.totalMinor }] : []
    }),
  )

/** What each account pays, and the way on: priced again whenever an account is chosen. */
export const SplitSums = ({ view, split }: SplitPageProps) => {
  const words = runTexts(view.language).splitPage
  const sums = totalsOf(split)
  const total = sumWords(sums, view.language)
  return (
    <div id={sumsId} class="stack" aria-live="polite">
      {split.parts
        .filter(({ priced }) => priced.outcome !== 'nothing')
        .map((part) => (
          <PartCard view={view} part={part} />
        ))}
      {split.parts.length > 1 && sums.length > 0 && (
        <Card>
          <Totals items={[{ label: words.all, value: total, total: true }]} />
        </Card>
      )}
      <Actions>
        <Button>{sums.length > 0 ? words.check(total) : words.checkPlain}</Button>
        <button class="button is-secondary tools-go" type="submit" formaction="/payments/split">
          {words.recalculate}
        </button>
      </Actions>
    </div>
  )
}

/** Choosing the account of each claim: a form that works with and without scripts. */
export const SplitPage = ({ view, split }: SplitPageProps) => {
  const { language } = view
  const words = runTexts(language).splitPage
  const { accounts, claims, leftOut, chosen, parts } = split
  const today = parts.map(({ priced }) => priced.outcome === 'priced' && priced.basket.today)[0]
  return (
    <PortalPage view={view} title={words.title} section="to-pay" width="narrow">
      <div class="stack">
        <PageTitle title={words.title} back={{ href: listPath(chosen), label: words.back }}>
          {words.sub}
        </PageTitle>
        {leftOut.length > 0 && <Note tone="warn">{words.leftOut}</Note>}
        <form
          method="get"
          action="/payments/new"
          class="stack"
          hx-get="/payments/split/sums"
          hx-trigger="change"
          hx-target={`#${sumsId}`}
          hx-swap="outerMorph"
          hx-sync="this:replace"
        >
          <Card title={words.choices}>
            {claims.map((claim) => (
              <>
                <input type="hidden" name="claim" value={claim.orderNumber} />
                <SelectField
                  name={fromField(claim.orderNumber)}
                  label={`${payeeName(claim.payee, language)} · ${formatMoney(claim.amountMinor, claim.currency, language)}`}
                  hint={`${claim.description} · ${timeLimitWords(claim.timeLimit, today || claim.timeLimit, language)}`}
                  value={chosen.accountOf.get(claim.orderNumber)}
                  choices={accounts.map((account) => ({
                    value: account.account,
                    label: `${accountName(account, language)} ${shownNumber(account.account)}`,
                  }))}
                />
              </>
            ))}
          </Card>
          <h2>{words.sums}</h2>
          <SplitSums view={view} split={split} />
        </form>
      </div>
    </PortalPage>
  )
}
