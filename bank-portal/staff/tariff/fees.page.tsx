import { addDays } from '#shared/dates.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Button,
  Card,
  Chip,
  type Column,
  DataTable,
  Note,
  PageTitle,
  shortDate,
  type Tone,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { Tabs } from '../tabs.tsx'
import { recordTexts } from '../record.texts.ts'
import { isApprover } from '../staff-deps.ts'
import {
  bankCurrency,
  type Fee,
  feesIn,
  type FeeState,
  type FeeTable,
  type Relation,
  relations,
  stateOf,
} from './group-fees.ts'
import { tariffTexts } from './texts.ts'

export interface FeesPageProps {
  view: StaffView
  table: FeeTable
  /** Changed just now. */
  isChanged: boolean
}

const tones: Record<FeeState, Tone> = { now: 'ok', coming: 'info', past: 'quiet' }

const columnsOf = (view: StaffView, today: string): Column<Fee>[] => {
  const { language } = view
  const words = tariffTexts(language).fees
  const money = (amount: bigint) => formatMoney(amount, bankCurrency, language)
  const day = (date: string) => shortDate(date, today, language)
  return [
    {
      label: words.columns.range,
      heading: true,
      cell: ({ fromAmountMinor, belowAmountMinor }) =>
        words.range(
          money(fromAmountMinor),
          belowAmountMinor === null ? undefined : money(belowAmountMinor),
        ),
    },
    {
      label: words.columns.days,
      cell: (fee) => {
        const state = stateOf(fee, today)
        // The table says the first day that does not count; people say the last that does.
        const until = fee.validUntil === null ? undefined : day(addDays(fee.validUntil, -1))
        return (
          <span>
            <Chip tone={tones[state]}>{words[state]}</Chip>{' '}
            <span class="nowrap">
              {state === 'coming' && until === undefined
                ? words.from(day(fee.validFrom))
                : words.days(day(fee.validFrom), until)}
            </span>
          </span>
        )
      },
    },
    { label: words.columns.fee, number: true, cell: ({ feeMinor }) => money(feeMinor) },
  ]
}

const RelationCard = ({
  view,
  table,
  relation,
}: {
  view: StaffView
  table: FeeTable
  relation: Relation
}) => {
  const { language, member } = view
  const words = tariffTexts(language).fees
  const name = recordTexts(language).relations[relation]
  const columns = columnsOf(view, table.today)
  const counting = [...feesIn(table, relation, 'now'), ...feesIn(table, relation, 'coming')]
  const past = feesIn(table, relation, 'past')
  return (
    <Card
      title={name}
      actions={
        member &&
        isApprover(member) && (
          <Button
            kind="secondary"
            small
            href={`/staff/fees/${relation}`}
            aria-label={words.changeOf(name)}
          >
            {words.change}
          </Button>
        )
      }
    >
      <DataTable
        language={language}
        caption={name}
        hideCaption
        columns={columns}
        rows={counting}
        empty={words.noFees}
      />
      {past.length > 0 && (
        <details class="fold">
          <summary>{words.pastTitle}</summary>
          <DataTable
            language={language}
            caption={words.pastOf(name)}
            hideCaption
            columns={columns}
            rows={past.toReversed()}
          />
        </details>
      )}
    </Card>
  )
}

/** The fee table with its days, relation by relation (Fig. 23C). */
export const FeesPage = ({ view, table, isChanged }: FeesPageProps) => {
  const words = tariffTexts(view.language).fees
  const mayChange = view.member !== undefined && isApprover(view.member)
  return (
    <StaffPage view={view} title={words.title} section="tariff" width="narrow">
      <Tabs group="tariff" current="fees" language={view.language} />
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      {isChanged && (
        <Note tone="ok" title={words.changed.title} announce>
          {words.changed.text}
        </Note>
      )}
      {!mayChange && <Note>{words.onlyApprovers}</Note>}
      {relations.map((relation) => (
        <RelationCard view={view} table={table} relation={relation} />
      ))}
    </StaffPage>
  )
}
