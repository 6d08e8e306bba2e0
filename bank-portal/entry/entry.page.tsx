import type { EntryOrder } from '#shared/contracts/claim-server.ts'
import type { Account } from '#shared/contracts/core-banking.ts'
import { formatMoney } from '#shared/money.ts'
import {
  AccountCard,
  Actions,
  Amount,
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  fullDate,
  type KeyValue,
  KeyValues,
  Note,
  Outcome,
  PageTitle,
  Steps,
  timeWords,
} from '#shared/ui/index.ts'
import { PortalPage, type View } from '../layout.tsx'
import { accountName, payeeName, shownNumber } from '../names.ts'
import { safeLink } from '../safe-link.ts'
import { portalTexts } from '../texts.ts'
import { entryTexts } from './texts.ts'

export interface OrderProps {
  view: View
  order: EntryOrder
}

const factsOf = ({ view: { language }, order }: OrderProps): KeyValue[] => {
  const words = entryTexts(language)
  const common = portalTexts(language)
  return [
    { label: words.goods, value: order.description },
    { label: words.orderedOn, value: fullDate(order.orderedOn, language) },
    { label: common.timeLimit, value: fullDate(order.timeLimit, language) },
    { label: common.orderNumber, value: <code>{order.orderNumber}</code> },
  ]
}

export interface AcceptPageProps extends OrderProps {
  entryToken: string
  accounts: readonly Account[]
  /** Posted without a choice. */
  mistake?: boolean
}

const AccountChoice = ({ view, accounts }: AcceptPageProps) => {
  const { language } = view
  const words = entryTexts(language)
  return (
    <fieldset class="field" id="field-account">
      <legend class="field-label">{words.account}</legend>
      <p class="field-hint">{words.accountHint}</p>
      {accounts.map((account, index) => (
        <AccountCard
          name="account"
          value={account.account}
          checked={index === 0}
          title={accountName(account, language)}
          number={shownNumber(account.account)}
          balance={formatMoney(account.balanceMinor, account.currency, language)}
        />
      ))}
    </fieldset>
  )
}

/** "Accept this order?": what the shop asks for, and from which account. Opening it binds nothing. */
export const AcceptPage = (props: AcceptPageProps) => {
  const { view, order, entryToken, accounts, mistake = false } = props
  const { language } = view
  const words = entryTexts(language)
  const shop = payeeName(order.payee, language)
  const errors = mistake ? [{ name: 'account', message: words.mistakeAccount }] : []
  return (
    <PortalPage view={view} title={words.title} width="narrow" hasErrors={mistake}>
      <div class="stack">
        <Steps
          language={language}
          steps={[words.steps.order, words.steps.signIn, words.steps.accept, words.steps.pay]}
          current={2}
        />
        <PageTitle title={words.title}>{words.text(shop)}</PageTitle>
        <ErrorSummary errors={errors} language={language} />
        <Card title={shop}>
          <Amount amount={order.amountMinor} currency={order.currency} language={language} />
          <KeyValues items={factsOf(props)} />
        </Card>
        {accounts.length === 0 ? (
          <Note tone="warn">{words.noAccounts}</Note>
        ) : (
          <Card>
            <form method="post" action={`/entry/${entryToken}/accept`} class="form">
              <CsrfField token={view.page.csrfToken} />
              <AccountChoice {...props} />
              <p class="soft">
                {words.openUntil(timeWords(order.openUntil, view.timeZone, language))}
              </p>
              <Actions>
                <Button>{words.accept}</Button>
                <Button kind="quiet" href="/">
                  {words.notMine}
                </Button>
              </Actions>
            </form>
          </Card>
        )}
      </div>
    </PortalPage>
  )
}

export const NotOpenPage = ({ view, order }: OrderProps) => {
  const words = entryTexts(view.language).notOpen
  const back = safeLink(order.returnUrl)
  return (
    <PortalPage view={view} title={words.title} width="narrow">
      <Outcome
        tone="info"
        title={words.title}
        actions={
          <>
            <Button href="/claims">{words.list}</Button>
            {back && (
              <Button kind="secondary" href={back}>
                {words.shop}
              </Button>
            )}
          </>
        }
      >
        <p>{words.text}</p>
        <p>{words.yours}</p>
      </Outcome>
    </PortalPage>
  )
}

export interface AcceptedPageProps extends OrderProps {
  entryToken: string
  account: string | undefined
}

const payNowPath = ({ order, account }: AcceptedPageProps): string => {
  const query = new URLSearchParams({ claim: order.orderNumber, ...(account ? { account } : {}) })
  return `/payments/new?${query}`
}

const laterPath = ({ entryToken, account }: AcceptedPageProps): string =>
  `/entry/${entryToken}/later${account ? `?${new URLSearchParams({ account })}` : ''}`

/** Reception: now or later (Fig. 32, S188-S189). */
export const AcceptedPage = (props: AcceptedPageProps) => {
  const { view, order } = props
  const { language } = view
  const words = entryTexts(language).accepted
  const shop = payeeName(order.payee, language)
  return (
    <PortalPage view={view} title={words.title} width="narrow">
      <div class="stack">
        <Outcome
          tone="ok"
          title={words.title}
          actions={
            <>
              <Button href={payNowPath(props)}>{words.now}</Button>
              <Button kind="secondary" href={laterPath(props)}>
                {words.later}
              </Button>
            </>
          }
        >
          <p>{words.text(shop)}</p>
          <p>{words.until(fullDate(order.timeLimit, language))}</p>
        </Outcome>
        <Card title={shop}>
          <Amount amount={order.amountMinor} currency={order.currency} language={language} />
          <KeyValues items={factsOf(props)} />
        </Card>
      </div>
    </PortalPage>
  )
}

/** Reception completion: until when and how to pay, and the way back to the shop (S191). */
export const LaterPage = (props: AcceptedPageProps) => {
  const { view, order } = props
  const { language } = view
  const words = entryTexts(language).later
  const back = safeLink(order.returnUrl)
  return (
    <PortalPage view={view} title={words.title} width="narrow">
      <div class="stack">
        <Outcome
          tone="ok"
          title={words.title}
          actions={
            <>
              {back && <Button href={back}>{words.toShop}</Button>}
              <Button kind={back ? 'secondary' : 'primary'} href="/claims">
                {words.list}
              </Button>
            </>
          }
        >
          <p>{words.text}</p>
        </Outcome>
        <Card title={payeeName(order.payee, language)}>
          <Amount amount={order.amountMinor} currency={order.currency} language={language} />
          <KeyValues items={factsOf(props)} />
        </Card>
        <Card title={words.how}>
          <ol>
            <li>{words.how1}</li>
            <li>{words.how2}</li>
            <li>{words.how3}</li>
          </ol>
          <p>
            <a href={payNowPath(props)}>{words.now}</a>
          </p>
        </Card>
      </div>
    </PortalPage>
  )
}
