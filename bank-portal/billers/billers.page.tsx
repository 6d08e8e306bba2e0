import {
  Chip,
  ClaimRow,
  EmptyState,
  GroupHeading,
  Note,
  PageTitle,
  Rows,
} from '#shared/ui/index.ts'
import type { Biller } from '../claim-server-client.ts'
import { PortalPage, type View } from '../layout.tsx'
import { payeeName } from '../names.ts'
import { billersTexts } from './texts.ts'

export interface BillersPageProps {
  view: View
  billers: readonly Biller[]
  /** The biller whose link was ended just now. */
  unlinked: Biller | undefined
}

const BillerRows = ({ view, title, billers }: { view: View; title: string; billers: Biller[] }) => {
  const { language } = view
  const words = billersTexts(language)
  if (billers.length === 0) return null
  return (
    <section>
      <GroupHeading title={title} />
      <Rows label={title}>
        {billers.map(({ payee, link, numberLabel }) => (
          <ClaimRow
            id={`biller-${payee.shopId}`}
            payee={payeeName(payee, language)}
            description={
              link ? words.linkedWith(numberLabel[language], link.customerNumber) : words.link
            }
            amount=""
            chips={link && <Chip tone="ok">{words.isLinked}</Chip>}
            href={`/billers/${payee.shopId}`}
          />
        ))}
      </Rows>
    </section>
  )
}

/** The billers of this bank, and which of them send this customer their bills. */
export const BillersPage = ({ view, billers, unlinked }: BillersPageProps) => {
  const words = billersTexts(view.language)
  const [linked, others] = [billers.filter((one) => one.link), billers.filter((one) => !one.link)]
  return (
    <PortalPage view={view} title={words.title} section="billers" width="narrow">
      <div class="stack">
        <PageTitle title={words.title}>{words.sub}</PageTitle>
        {unlinked && (
          <Note tone="ok" announce>
            {words.unlinked(payeeName(unlinked.payee, view.language))}
          </Note>
        )}
        {billers.length === 0 && (
          <EmptyState title={words.empty.title}>{words.empty.text}</EmptyState>
        )}
        <BillerRows view={view} title={words.linked} billers={linked} />
        <BillerRows view={view} title={words.others} billers={others} />
      </div>
    </PortalPage>
  )
}
