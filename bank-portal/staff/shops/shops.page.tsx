import {
  Chip,
  type Column,
  DataTable,
  EmptyState,
  Moment,
  Pager,
  PageTitle,
  Tools,
  type Tone,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { AccountWords, shopPath } from '../names.tsx'
import { recordTexts, wordFor } from '../record.texts.ts'
import { staffTexts } from '../texts.ts'
import type { Shop, Shops } from './find-shop.ts'
import { shopsTexts } from './texts.ts'

export interface ShopsPageProps {
  view: StaffView
  found: Shops
  search: string
  status: Shop['status'] | undefined
}

export const shopStatuses = ['waiting', 'live', 'suspended'] as const

const tones: Record<Shop['status'], Tone> = { waiting: 'warn', live: 'ok', suspended: 'bad' }

export const ShopChip = ({ view, status }: { view: StaffView; status: Shop['status'] }) => (
  <Chip tone={tones[status]}>{wordFor('shopStatuses', status, view.language)}</Chip>
)

export const shopName = ({ name, nameJa }: Shop, { language }: StaffView): string =>
  language === 'ja' ? (nameJa ?? name) : name

const columnsOf = (view: StaffView): Column<Shop>[] => {
  const { language, timeZone } = view
  const words = shopsTexts(language).columns
  return [
    {
      label: words.name,
      heading: true,
      cell: (shop) => <a href={shopPath(shop.shopId)}>{shopName(shop, view)}</a>,
    },
    {
      label: staffTexts(language).status,
      cell: ({ status }) => <ShopChip view={view} status={status} />,
    },
    { label: words.kind, cell: ({ kind }) => wordFor('shopKinds', kind, language) },
    {
      label: words.accounts,
      cell: ({ accounts }) =>
        accounts.length === 0 ? (
          <span class="none">–</span>
        ) : (
          <>
            {accounts.map(({ account }) => (
              <div>
                <AccountWords account={account} language={language} />
              </div>
            ))}
          </>
        ),
    },
    {
      label: words.since,
      cell: ({ createdAt }) => <Moment at={createdAt} timeZone={timeZone} language={language} />,
    },
  ]
}

const olderPath = ({ search, status, found }: ShopsPageProps): string | undefined =>
  found.nextCursor === null
    ? undefined
    : `/staff/shops?${new URLSearchParams({
        ...(search ? { search } : {}),
        ...(status ? { status } : {}),
        cursor: found.nextCursor,
      })}`

/** The rows: what the page shows, and what htmx loads as one types. */
export const ShopRows = (props: ShopsPageProps) => {
  const { view, found, search, status } = props
  const words = shopsTexts(view.language)
  const empty = status === 'waiting' && !search ? words.noneWaiting : words.none
  return (
    <div id="shops" class="stack" aria-live="polite">
      {found.shops.length === 0 ? (
        <EmptyState title={empty.title} icon="search">
          {empty.text}
        </EmptyState>
      ) : (
        <DataTable
          language={view.language}
          caption={words.title}
          hideCaption
          columns={columnsOf(view)}
          rows={found.shops}
        />
      )}
      <Pager language={view.language} older={olderPath(props)} />
    </div>
  )
}

/** Shops and billers by status and name, the newest first. */
export const ShopsPage = (props: ShopsPageProps) => {
  const { view, search, status } = props
  const { language } = view
  const words = shopsTexts(language)
  const { shopStatuses: names } = recordTexts(language)
  return (
    <StaffPage view={view} title={words.title} section="shops">
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      <Tools
        language={language}
        action="/staff/shops"
        search={{ name: 'search', label: words.search, value: search }}
        sort={{
          name: 'status',
          label: words.statusLabel,
          value: status ?? '',
          choices: [
            { value: '', label: words.any },
            ...shopStatuses.map((value) => ({ value, label: names[value] })),
          ],
        }}
        hx-get="/staff/shops"
        hx-trigger="input changed delay:300ms, change, submit"
        hx-target="#shops"
        hx-swap="outerHTML"
        hx-sync="this:replace"
        hx-replace-url="true"
      />
      <ShopRows {...props} />
    </StaffPage>
  )
}
