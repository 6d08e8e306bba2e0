import type { Claim, ClaimStatus } from '#shared/contracts/claim-server.ts'
import { declineReason, type DeclineReason } from '#shared/contracts/customer-choices.ts'
import type { Language } from '#shared/texts.ts'
import {
  Actions,
  Amount,
  Button,
  Card,
  CsrfField,
  ErrorSummary,
  Field,
  Outcome,
  PageTitle,
  RadioField,
} from '#shared/ui/index.ts'
import { PortalPage, type View } from '../layout.tsx'
import { payeeName } from '../names.ts'
import { declineTexts } from './decline.texts.ts'

export interface DeclinePageProps {
  view: View
  claim: Claim
  reason: DeclineReason | undefined
  text: string
  mistakes?: readonly ('reason' | 'text')[]
}

export const declinePath = (orderNumber: string, reason?: DeclineReason): string =>
  `/claims/${orderNumber}/decline${reason ? `?reason=${reason}` : ''}`

/** A kept reason in the words in which it was chosen, with the customer's own. */
export const declinedBecause = (kept: string, language: Language): string => {
  const [code = '', ...own] = kept.split(': ')
  const reason = declineReason.safeParse(code).data
  const said = reason ? declineTexts(language).reasons[reason] : code
  return [said, ...(own.length > 0 ? [own.join(': ')] : [])].join(language === 'ja' ? '：' : ': ')
}

/** Declining with a reason; reporting a claim as not one's own is one of them. */
export const DeclinePage = ({ view, claim, reason, text, mistakes = [] }: DeclinePageProps) => {
  const { language } = view
  const words = declineTexts(language)
  const errors = mistakes.map((name) => ({ name, message: words.mistakes[name] }))
  const errorOf = (name: 'reason' | 'text') =>
    mistakes.includes(name) ? words.mistakes[name] : undefined
  return (
    <PortalPage
      view={view}
      title={words.title}
      section="to-pay"
      width="narrow"
      hasErrors={mistakes.length > 0}
    >
      <div class="stack">
        <PageTitle
          title={words.title}
          back={{ href: `/claims/${claim.orderNumber}`, label: payeeName(claim.payee, language) }}
        >
          {words.text(payeeName(claim.payee, language))}
        </PageTitle>
        <ErrorSummary errors={errors} language={language} />
        <Card title={claim.description}>
          <Amount amount={claim.amountMinor} currency={claim.currency} language={language} />
          <form method="post" action={declinePath(claim.orderNumber)} class="form" novalidate>
            <CsrfField token={view.page.csrfToken} />
            <RadioField
              name="reason"
              label={words.reason}
              value={reason}
              error={errorOf('reason')}
              choices={declineReason.options.map((value) => ({
                value,
                label: words.reasons[value],
                ...(value === 'not-mine' ? { hint: words.notMineHint } : {}),
              }))}
            />
            <Field
              name="text"
              label={words.words}
              hint={words.wordsHint}
              value={text}
              error={errorOf('text')}
              optional={language}
              maxlength={200}
              autocomplete="off"
            />
            <Actions>
              <Button kind="danger">{words.submit}</Button>
              <Button kind="quiet" href={`/claims/${claim.orderNumber}`}>
                {words.cancel}
              </Button>
            </Actions>
          </form>
        </Card>
      </div>
    </PortalPage>
  )
}

/** The claim is not one that can be declined: what that means. */
export const NotDeclinablePage = ({
  view,
  orderNumber,
  status,
}: {
  view: View
  orderNumber: string
  status: ClaimStatus
}) => {
  const words = declineTexts(view.language).notPossible
  const said: Partial<Record<ClaimStatus, string>> = words
  return (
    <PortalPage view={view} title={words.title} section="to-pay" width="narrow">
      <Outcome
        tone="info"
        title={words.title}
        actions={<Button href={`/claims/${orderNumber}`}>{words.toClaim}</Button>}
      >
        <p>{said[status] ?? words.other}</p>
      </Outcome>
    </PortalPage>
  )
}
