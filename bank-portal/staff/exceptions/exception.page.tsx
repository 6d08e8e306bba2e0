import { digestOf } from '#shared/contracts/payment-content.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Amount,
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  Field,
  fullDate,
  KeyValues,
  Moment,
  Note,
  PageTitle,
  type Tone,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { AccountWords, ClaimLink, CustomerLink } from '../names.tsx'
import { listMistakes, type Mistakes } from '../form.ts'
import { wordFor } from '../record.texts.ts'
import { isApprover } from '../staff-deps.ts'
import { staffTexts } from '../texts.ts'
import type { RefundDraft } from './draft-refund.ts'
import { exceptionPath } from './exceptions.page.tsx'
import type { ExceptionCase } from './find-exception.ts'
import { exceptionsTexts } from './texts.ts'

/** What became of the approval, said above the form. */
export type RefundSaid = keyof ReturnType<typeof exceptionsTexts>['refund']['said']

export interface ExceptionPageProps {
  view: StaffView
  exception: ExceptionCase
  /** For an approver of an open case: what to agree to, or why that is not possible. */
  draft: RefundDraft | 'no-holder' | 'core-away' | undefined
  said?: RefundSaid
  mistakes?: Mistakes
  /** The second approver's id as typed; passwords are never shown again. */
  secondId?: string
}

export const refundPath = (exceptionId: string, paymentId: string): string =>
  `${exceptionPath(exceptionId)}/refunds/${paymentId}`

const Facts = ({ view, exception }: ExceptionPageProps) => {
  const { language, timeZone } = view
  const common = staffTexts(language)
  const words = exceptionsTexts(language).case
  const { kind, closedAt } = exception
  const explain: Record<string, string> = words.explain
  const moment = (at: Date) => <Moment at={at} timeZone={timeZone} language={language} />
  return (
    <Card title={words.facts}>
      <Amount amount={exception.amountMinor} currency={exception.currency} language={language} />
      {explain[kind] && <p class="soft">{explain[kind]}</p>}
      <KeyValues
        items={[
          { label: common.orderNumber, value: <ClaimLink orderNumber={exception.orderNumber} /> },
          { label: common.customer, value: <CustomerLink customerId={exception.customerId} /> },
          {
            label: words.paidFrom,
            value: <AccountWords account={exception.customerAccount} language={language} />,
          },
          {
            label: words.paidTo,
            value: <AccountWords account={exception.payeeAccount} language={language} />,
          },
          { label: words.payment, value: <code>{exception.paymentId}</code> },
          { label: words.openedAt, value: moment(exception.openedAt) },
          ...(closedAt ? [{ label: words.closedAt, value: moment(closedAt) }] : []),
        ]}
      />
    </Card>
  )
}

const saidTones: Record<RefundSaid, Tone> = {
  'not-accepted': 'bad',
  'content-stale': 'warn',
  'authorisation-expired': 'warn',
  'too-much': 'warn',
  'other-content': 'warn',
  'not-possible': 'warn',
}

const RefundForm = ({
  view,
  exception,
  draft,
  mistakes = {},
  secondId,
}: ExceptionPageProps & { draft: RefundDraft }) => {
  const { language, member } = view
  const common = staffTexts(language)
  const words = exceptionsTexts(language).refund
  const { content, payerHolder } = draft
  const [claim] = content.claims
  const amount = formatMoney(exception.amountMinor, exception.currency, language)
  return (
    <Card title={words.title} id="refund">
      <p>{words.text(amount)}</p>
      <KeyValues
        items={[
          {
            label: words.from,
            value: (
              <>
                {words.holder(payerHolder)}
                <span class="nowrap">
                  <AccountWords account={content.payerAccount} language={language} />
                </span>
              </>
            ),
          },
          {
            label: words.to,
            value: (
              <>
                {words.holder(claim?.payeeHolder ?? '')}
                <span class="nowrap">
                  <AccountWords account={exception.customerAccount} language={language} />
                </span>
              </>
            ),
          },
          { label: words.day, value: fullDate(content.day, language) },
          { label: words.first, value: words.you(member?.name ?? '') },
        ]}
      />
      <form
        method="post"
        action={`${exceptionPath(exception.exceptionId)}/refunds`}
        class="form"
        novalidate
      >
        <ErrorSummary errors={listMistakes(mistakes)} language={language} />
        <CsrfField token={view.page.csrfToken} />
        <input type="hidden" name="paymentId" value={content.paymentId} />
        <input type="hidden" name="digest" value={digestOf(content)} />
        <Field
          name="password"
          label={common.everyPassword}
          type="password"
          error={mistakes.password}
          autocomplete="current-password"
          maxlength={200}
          width="m"
        />
        <Field
          name="secondId"
          label={common.secondId}
          hint={words.secondHint}
          value={secondId}
          error={mistakes.secondId}
          autocomplete="off"
          maxlength={60}
          width="m"
        />
        <Field
          name="secondPassword"
          label={common.secondPassword}
          type="password"
          error={mistakes.secondPassword}
          // A colleague types it: nothing that this browser has stored is filled in.
          autocomplete="new-password"
          maxlength={200}
          width="m"
        />
        <Button>{words.submit(amount)}</Button>
      </form>
    </Card>
  )
}

const Refund = (props: ExceptionPageProps) => {
  const { view, exception, draft } = props
  const words = exceptionsTexts(view.language)
  if (exception.closedAt)
    return (
      <Note tone="ok">
        {words.case.closed}{' '}
        {exception.refundPaymentId && (
          <a href={refundPath(exception.exceptionId, exception.refundPaymentId)}>
            {words.case.toRefund}
          </a>
        )}
      </Note>
    )
  if (!view.member || !isApprover(view.member))
    return <Note title={words.refund.onlyApprovers.title}>{words.refund.onlyApprovers.text}</Note>
  if (draft === 'no-holder' || draft === undefined)
    return (
      <Note tone="warn" title={words.refund.noHolder.title}>
        {words.refund.noHolder.text}
      </Note>
    )
  if (draft === 'core-away')
    return (
      <Note tone="warn" title={words.refund.coreAway.title}>
        {words.refund.coreAway.text}
      </Note>
    )
  return <RefundForm {...props} draft={draft} />
}

/** One case: what was paid, and the refund that two approvers agree to. */
export const ExceptionPage = (props: ExceptionPageProps) => {
  const { view, exception, said, mistakes = {} } = props
  const words = exceptionsTexts(view.language)
  const title = words.case.title(wordFor('exceptionKinds', exception.kind, view.language))
  const note = said && words.refund.said[said]
  return (
    <StaffPage
      view={view}
      title={title}
      section="desk"
      width="narrow"
      hasErrors={Object.keys(mistakes).length > 0 || said === 'not-accepted'}
    >
      <PageTitle title={title} back={{ href: '/staff/exceptions', label: words.case.back }} />
      {note && (
        <Note tone={saidTones[said]} title={note.title} announce>
          {note.text}
        </Note>
      )}
      <Facts {...props} />
      <Refund {...props} />
    </StaffPage>
  )
}
