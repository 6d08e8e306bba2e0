import type { Claim } from '#shared/contracts/claim-server.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Actions,
  Button,
  Card,
  ClaimRow,
  Items,
  Money,
  Outcome,
  Rows,
  Totals,
} from '#shared/ui/index.ts'
import type { PricedAccount } from '../claims/price-basket.ts'
import { PortalPage, type View } from '../layout.tsx'
import { accountBrief, accountName, payeeName, shownNumber } from '../names.ts'
import { portalTexts } from '../texts.ts'
import type { PayablePart } from './payable-part.ts'
import type { ShortPart } from './prepare-payment.ts'
import { type ChosenClaims, chosenQuery, listPath, splitPath } from './run-parts.ts'
import { shortTexts } from './short.texts.ts'

export interface ShortPageProps {
  view: View
  short: ShortPart
  /** What the account can pay of it. */
  part: PayablePart<Claim>
  canSplit: boolean
  /** Set where a run over several accounts is short in one of them. */
  run: ChosenClaims | undefined
}

const newPath = (claims: readonly Claim[], account: string) => {
  const orderNumbers = claims.map((claim) => claim.orderNumber)
  return `/payments/new?${chosenQuery({ orderNumbers, account, accountOf: new Map() })}`
}

const canPayAll = ({ short: { basket, chosen } }: ShortPageProps): PricedAccount[] =>
  basket.accounts.filter((one) => one.quote && one.shortByMinor === undefined && one !== chosen)

const OtherAccounts = (props: ShortPageProps) => {
  const { view, short } = props
  const { language } = view
  const words = shortTexts(language)
  const others = canPayAll(props)
  if (others.length === 0) return null
  const after = ({ account, afterMinor = 0n }: PricedAccount) =>
    formatMoney(afterMinor, account.currency, language)
  return (
    <Card title={words.others}>
      <p class="soft">{words.othersText}</p>
      <Rows label={words.others}>
        {others.map((one) => (
          <ClaimRow
            id={`from-${one.account.account}`}
            payee={accountName(one.account, language)}
            initial={language === 'ja' ? '円' : '¥'}
            description={`${shownNumber(one.account.account)} · ${words.use(after(one))}`}
            amount={portalTexts(language).fee(
              formatMoney(one.quote?.feeMinor ?? 0n, one.account.currency, language),
            )}
            href={newPath(short.basket.claims, one.account.account)}
          />
        ))}
      </Rows>
    </Card>
  )
}

/** The account that takes what is left, proposed on the split page: the one with the most to spend. */
const restFrom = ({ short: { basket, chosen } }: ShortPageProps): string | undefined =>
  basket.accounts
    .filter((one) => one.quote && one !== chosen)
    .toSorted((a, b) => (a.account.availableMinor < b.account.availableMinor ? 1 : -1))[0]?.account
    .account

/** What broke the balance, and the part that can be paid, with one button. */
const PayablePartCard = (props: ShortPageProps) => {
  const { view, short, part, canSplit } = props
  const { language } = view
  const words = shortTexts(language)
  const [broke] = part.left
  if (part.fits.length === 0 || !broke) return null
  const { account } = short.chosen
  const money = (amount: bigint) => formatMoney(amount, account.currency, language)
  const rest = canSplit ? restFrom(props) : undefined
  const split: ChosenClaims = {
    orderNumbers: [...part.fits, ...part.left].map((claim) => claim.orderNumber),
    account: account.account,
    accountOf: new Map(rest ? part.left.map((claim) => [claim.orderNumber, rest]) : []),
  }
  return (
    <Card title={words.part(part.fits.length, part.fits.length + part.left.length)}>
      <p>
        {words.broke(payeeName(broke.payee, language), broke.description, money(broke.amountMinor))}
      </p>
      <Items
        items={part.fits.map((claim) => ({
          title: payeeName(claim.payee, language),
          text: claim.description,
          amount: (
            <Money amount={claim.amountMinor} currency={claim.currency} language={language} />
          ),
        }))}
      />
      <Actions>
        <Button href={newPath(part.fits, account.account)}>
          {words.payPart(part.fits.length, money(part.totalMinor))}
        </Button>
        {rest && (
          <Button kind="secondary" href={splitPath(split)}>
            {words.split}
          </Button>
        )}
      </Actions>
    </Card>
  )
}

/** The chosen account can't pay all: by how much, and what can be done. Nothing is held. */
export const ShortPage = (props: ShortPageProps) => {
  const { view, short, part, run } = props
  const { language } = view
  const words = shortTexts(language)
  const { basket, chosen, shortByMinor } = short
  const { account } = chosen
  const money = (amount: bigint) => (
    <Money amount={amount} currency={basket.currency} language={language} />
  )
  const missing = formatMoney(shortByMinor, basket.currency, language)
  const title = run
    ? words.runTitle(accountBrief(account, language), missing)
    : words.title(missing)
  const orderNumbers = basket.claims.map((claim) => claim.orderNumber)
  const chosenClaims = { orderNumbers, account: account.account, accountOf: new Map() }
  const hasPart = !run && part.fits.length > 0
  return (
    <PortalPage view={view} title={title} section="to-pay" width="narrow">
      <div class="stack">
        <Outcome
          tone="warn"
          title={title}
          actions={
            <Button
              kind={hasPart ? 'secondary' : 'primary'}
              href={run ? splitPath(run) : listPath(chosenClaims)}
            >
              {run ? words.spread : words.fewer}
            </Button>
          }
        >
          <p>{words.text}</p>
          <p class="soft">{words.later}</p>
        </Outcome>
        {!run && <PayablePartCard {...props} />}
        <Card title={`${accountName(account, language)} ${shownNumber(account.account)}`}>
          <Totals
            items={[
              { label: words.available, value: money(account.availableMinor) },
              { label: words.needed, value: money(chosen.quote?.totalMinor ?? 0n) },
              { label: words.missing, value: money(shortByMinor), total: true },
            ]}
          />
        </Card>
        {!run && <OtherAccounts {...props} />}
      </div>
    </PortalPage>
  )
}
