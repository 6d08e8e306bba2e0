import { Button, type Column, DataTable, EmptyState, PageTitle } from '#shared/ui/index.ts'
import type { SettledMonths } from '../claim-server-client.ts'
import { PortalPage, type View } from '../layout.tsx'
import { payeeName, sumsOf, sumWords } from '../names.ts'
import { monthWords } from './month-words.ts'
import { paidPath } from './paid-query.ts'
import { historyTexts } from './texts.ts'

export interface TotalsPageProps extends SettledMonths {
  view: View
}

type Sum = Pick<SettledMonths['months'][number], 'count' | 'totals'>

interface Row extends Sum {
  name: string
  href: string
}

const TotalsTable = ({
  view,
  caption,
  heading,
  rows,
}: {
  view: View
  caption: string
  heading: string
  rows: readonly Row[]
}) => {
  const { language } = view
  const words = historyTexts(language).totals
  const count = rows.reduce((sum, row) => sum + row.count, 0)
  const all = sumsOf(rows.flatMap((row) => row.totals))
  const columns: Column<Row>[] = [
    {
      label: heading,
      cell: ({ name, href }) => <a href={href}>{name}</a>,
      heading: true,
      foot: words.all,
    },
    { label: words.count, cell: (row) => row.count, number: true, foot: count },
    {
      label: words.amount,
      cell: (row) => sumWords(row.totals, language),
      number: true,
      foot: sumWords(all, language),
    },
  ]
  return <DataTable language={language} caption={caption} columns={columns} rows={rows} />
}

/** What was paid, by month and by shop: each row leads to its claims. */
export const TotalsPage = ({ view, months, shops }: TotalsPageProps) => {
  const { language } = view
  const { totals: words, title: back, empty } = historyTexts(language)
  return (
    <PortalPage view={view} title={words.title} section="paid" width="narrow">
      <div class="stack">
        <PageTitle title={words.title} back={{ href: '/paid', label: back }} />
        {months.length === 0 ? (
          <EmptyState
            title={empty.title}
            actions={
              <Button kind="secondary" href="/claims">
                {empty.toPay}
              </Button>
            }
          >
            {empty.text}
          </EmptyState>
        ) : (
          <>
            <TotalsTable
              view={view}
              caption={words.byMonth}
              heading={words.month}
              rows={months.map(({ month, ...sum }) => ({
                ...sum,
                name: monthWords(month, language),
                href: paidPath({ month }),
              }))}
            />
            <TotalsTable
              view={view}
              caption={words.byShop}
              heading={words.shop}
              rows={shops.map(({ shopId, name, nameJa, ...sum }) => ({
                ...sum,
                name: payeeName({ name, nameJa }, language),
                href: paidPath({ shopId }),
              }))}
            />
          </>
        )}
      </div>
    </PortalPage>
  )
}
