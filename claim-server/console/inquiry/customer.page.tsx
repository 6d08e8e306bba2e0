import { Card, KeyValues, Pager, PageTitle } from '#shared/ui/index.ts'
import { consoleTexts } from '../texts.ts'
import { ConsolePage, type View } from '../view.tsx'
import type { CustomerInquiry } from './inquire-customer.ts'
import { countOf } from './inquire-orders.ts'
import { type OrderQuery, writeOrderQuery } from './order-query.ts'
import { sumWords } from './order-words.tsx'
import { customerPath, OrdersTable } from './orders-table.tsx'
import { inquiryTexts } from './texts.ts'

export interface CustomerPageProps {
  view: View
  found: CustomerInquiry
  query: OrderQuery
}

const Sum = ({ view, totals }: { view: View; totals: CustomerInquiry['unsettled'] }) => {
  const words = inquiryTexts(view.language)
  if (totals.length === 0) return words.customer.nothing
  return (
    <>
      <b>{sumWords(totals, view.language)}</b>{' '}
      <span class="soft">{words.count(countOf(totals))}</span>
    </>
  )
}

/** What one customer bought at this shop, settled and not. */
export const CustomerPage = ({ view, found, query }: CustomerPageProps) => {
  const { language } = view
  const words = inquiryTexts(language).customer
  const title = words.title(found.name)
  const pathOf = (changed: Partial<OrderQuery>) =>
    customerPath(found.reference) + writeOrderQuery({ ...query, ...changed })
  return (
    <ConsolePage view={view} title={title} section="orders" width="wide">
      <PageTitle
        title={title}
        back={{ href: '/shop/orders', label: consoleTexts(language).back.orders }}
      >
        {words.reference(found.reference)}
      </PageTitle>
      <Card>
        <KeyValues
          items={[
            { label: words.unsettled, value: <Sum view={view} totals={found.unsettled} /> },
            { label: words.settled, value: <Sum view={view} totals={found.settled} /> },
          ]}
        />
        <p class="soft">{words.about}</p>
      </Card>
      <h2>{words.orders}</h2>
      <OrdersTable
        view={view}
        inquiry={found.inquiry}
        query={query}
        sortHref={(sort) => pathOf({ sort, cursor: undefined })}
        ofOneCustomer
      />
      <Pager
        language={language}
        newer={query.cursor ? pathOf({ cursor: undefined }) : undefined}
        older={found.inquiry.nextCursor ? pathOf({ cursor: found.inquiry.nextCursor }) : undefined}
      />
    </ConsolePage>
  )
}
