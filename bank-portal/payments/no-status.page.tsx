import { Button, Outcome } from '#shared/ui/index.ts'
import { PortalPage, type View } from '../layout.tsx'
import { portalTexts } from '../texts.ts'
import { Asking, statusId } from './asking.tsx'
import { resultPath } from './run-parts.ts'
import { paymentsTexts } from './texts.ts'

/** No such payment of this customer: it was never started, so nothing was paid by it. */
export const UnknownPaymentPage = ({ view, ids }: { view: View; ids: readonly string[] }) => {
  const words = paymentsTexts(view.language).status.unknown
  return (
    <PortalPage view={view} title={words.title} section="to-pay" width="narrow">
      <Outcome
        tone="info"
        title={words.title}
        actions={
          <>
            <Button href="/claims">{portalTexts(view.language).backToList}</Button>
            <Button kind="secondary" href={resultPath(ids)}>
              {words.refresh}
            </Button>
          </>
        }
      >
        <p>{words.text}</p>
        <p class="soft">{words.recheck}</p>
      </Outcome>
    </PortalPage>
  )
}

/** The claim server does not answer: what became of the payment can't be told, nor whether it was started. */
export const StatusAwayPage = ({ view, ids }: { view: View; ids: readonly string[] }) => {
  const { away, unknown } = paymentsTexts(view.language).status
  return (
    <PortalPage view={view} title={away.title} section="to-pay" width="narrow" reloadSeconds={3}>
      <div id={statusId} class="stack">
        <Outcome
          tone="busy"
          title={away.title}
          live
          actions={
            <Button kind="secondary" href={resultPath(ids)}>
              {unknown.refresh}
            </Button>
          }
        >
          <p>{away.text}</p>
        </Outcome>
        <Asking ids={ids} />
      </div>
    </PortalPage>
  )
}
