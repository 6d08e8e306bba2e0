import type { Receipt } from '#shared/contracts/documents.ts'
import { formatMoney } from '#shared/money.ts'
import { Amount, Button, instantWords, Outcome } from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { wordFor } from '../record.texts.ts'
import { refundPath } from './exception.page.tsx'
import { exceptionPath } from './exceptions.page.tsx'
import { exceptionsTexts } from './texts.ts'

export interface RefundStatusProps {
  view: StaffView
  exceptionId: string
  paymentId: string
  /** Undefined while the core knows nothing of it. */
  receipt: Receipt | undefined
}

const statusId = 'refund-status'

const InDoubt = ({ view, exceptionId, paymentId }: RefundStatusProps) => {
  const words = exceptionsTexts(view.language).status
  return (
    <Outcome
      tone="busy"
      title={words.doubt}
      live
      actions={
        <>
          <Button kind="secondary" href={refundPath(exceptionId, paymentId)}>
            {words.refresh}
          </Button>
          <Button kind="quiet" href={exceptionPath(exceptionId)}>
            {words.toCase}
          </Button>
        </>
      }
    >
      <p>{words.doubtText}</p>
      <p class="soft">{words.doubtNever}</p>
    </Outcome>
  )
}

const reasonWords = ({ reason, shortByMinor, currency }: Receipt, { language }: StaffView) => {
  if (reason === 'insufficient-funds' && shortByMinor !== undefined)
    return exceptionsTexts(language).status.shortBy(
      formatMoney(shortByMinor, currency ?? 'JPY', language),
    )
  return reason ? wordFor('refusals', reason, language) : ''
}

const Decided = ({ view, exceptionId, receipt }: RefundStatusProps & { receipt: Receipt }) => {
  const { language, timeZone } = view
  const words = exceptionsTexts(language).status
  const [leg] = receipt.legs
  const isExecuted = receipt.result === 'executed'
  const text = {
    executed: words.executedText(instantWords(receipt.decidedAt, timeZone, language)),
    refused: words.refusedText(reasonWords(receipt, view)),
    voided: words.voidedText,
  }[receipt.result]
  return (
    <Outcome
      tone={isExecuted ? 'ok' : 'bad'}
      title={words[receipt.result]}
      live
      {...(leg && receipt.currency
        ? {
            amount: (
              <Amount amount={leg.amountMinor} currency={receipt.currency} language={language} />
            ),
          }
        : {})}
      actions={<Button href={exceptionPath(exceptionId)}>{words.toCase}</Button>}
    >
      <p>{text}</p>
      {isExecuted && <p class="soft">{words.closes}</p>}
    </Outcome>
  )
}

/** The part that asks again by itself while there is no receipt. */
export const RefundStatus = (props: RefundStatusProps) => {
  const { exceptionId, paymentId, receipt } = props
  const asks = {
    'hx-get': `${refundPath(exceptionId, paymentId)}/status`,
    'hx-trigger': 'every 2s',
    'hx-target': `#${statusId}`,
    'hx-swap': 'outerMorph',
  }
  return (
    <div id={statusId} class="stack">
      {receipt ? <Decided {...props} receipt={receipt} /> : <InDoubt {...props} />}
      {!receipt && <span hidden {...asks} />}
    </div>
  )
}

/** The result of a refund, or that it is being checked; the same after a reload or from another desk. */
export const RefundPage = (props: RefundStatusProps) => {
  const words = exceptionsTexts(props.view.language).status
  return (
    <StaffPage
      view={props.view}
      title={words.title}
      section="desk"
      width="narrow"
      reloadSeconds={props.receipt ? undefined : 3}
    >
      <RefundStatus {...props} />
    </StaffPage>
  )
}
