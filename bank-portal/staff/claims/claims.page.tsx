import { claimStatus } from '#shared/contracts/claim-server.ts'
import type { StaffClaim } from '#shared/contracts/staff.ts'
import { formatMoney } from '#shared/money.ts'
import {
  Actions,
  Button,
  Card,
  type Column,
  DataTable,
  EmptyState,
  ErrorSummary,
  Field,
  fullDate,
  Pager,
  PageTitle,
  SelectField,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { ClaimLink, CustomerLink, StatusChip } from '../names.tsx'
import { listMistakes } from '../form.ts'
import { staffTexts } from '../texts.ts'
import type { FoundClaims } from './find-claims.ts'
import type { ClaimsSearch, SearchField } from './read-search.ts'
import { staffClaimsTexts } from './texts.ts'

export interface ClaimsPageProps extends ClaimsSearch {
  view: StaffView
  /** Undefined when nothing was searched for. */
  found: FoundClaims | undefined
}

const resultsId = 'found'

const columnsOf = ({ language }: StaffView): Column<StaffClaim>[] => {
  const words = staffClaimsTexts(language).columns
  return [
    {
      label: words.number,
      heading: true,
      cell: ({ orderNumber }) => <ClaimLink orderNumber={orderNumber} />,
    },
    {
      label: words.status,
      cell: ({ status }) => <StatusChip status={status} language={language} />,
    },
    { label: words.shop, cell: ({ shopName }) => shopName },
    {
      label: words.customer,
      cell: ({ customerId, customerName }) => (
        <CustomerLink customerId={customerId} name={customerName} />
      ),
    },
    { label: words.goods, cell: ({ description }) => description },
    { label: words.orderedOn, cell: ({ orderedOn }) => fullDate(orderedOn, language) },
    {
      label: words.amount,
      number: true,
      cell: ({ amountMinor, currency }) => formatMoney(amountMinor, currency, language),
    },
  ]
}

const olderPath = ({ typed }: ClaimsSearch, cursor: string | null): string | undefined =>
  cursor === null ? undefined : `/staff/claims?${new URLSearchParams({ ...typed, cursor })}`

/** What was found: below the form, and what htmx loads as the form changes. */
export const FoundClaimsPart = ({
  isWholePage = false,
  ...props
}: ClaimsPageProps & { isWholePage?: boolean }) => {
  const { view, found, mistakes } = props
  const words = staffClaimsTexts(view.language)
  const empty = found === undefined ? words.start : words.none
  return (
    <div id={resultsId} class="stack" aria-live="polite">
      <ErrorSummary
        errors={listMistakes(mistakes)}
        language={view.language}
        takesFocus={isWholePage}
      />
      {found === undefined || found.claims.length === 0 ? (
        <EmptyState title={empty.title} icon="search">
          {empty.text}
        </EmptyState>
      ) : (
        <>
          <DataTable
            language={view.language}
            caption={words.found(found.claims.length, found.nextCursor !== null)}
            columns={columnsOf(view)}
            rows={found.claims}
          />
          <Pager language={view.language} older={olderPath(props, found.nextCursor)} />
        </>
      )}
    </div>
  )
}

const refresh = {
  'hx-get': '/staff/claims',
  'hx-trigger': 'change, submit',
  'hx-target': `#${resultsId}`,
  'hx-swap': 'outerHTML',
  'hx-sync': 'this:replace',
  'hx-replace-url': 'true',
}

const SearchForm = ({ view, typed, mistakes }: ClaimsPageProps) => {
  const texts = staffClaimsTexts(view.language)
  const words = texts.fields
  const { statuses } = staffTexts(view.language)
  const field = (name: SearchField) => ({
    name,
    label: words[name],
    value: typed[name],
    error: mistakes[name],
    required: false,
    autocomplete: 'off',
  })
  return (
    <Card>
      <form method="get" action="/staff/claims" class="form" role="search" novalidate {...refresh}>
        <div class="columns is-search">
          <Field {...field('number')} maxlength={40} />
          <Field {...field('customer')} maxlength={60} />
          <Field {...field('shop')} maxlength={60} />
          <Field {...field('account')} placeholder="0901-101-1-0014471" maxlength={30} />
          <Field {...field('amount')} inputmode="numeric" maxlength={20} />
          <SelectField
            name="status"
            label={words.status}
            value={typed.status ?? ''}
            choices={[
              { value: '', label: words.anyStatus },
              ...claimStatus.options.map((value) => ({ value, label: statuses[value] })),
            ]}
          />
          <Field {...field('from')} type="date" />
          <Field {...field('until')} type="date" />
          <Actions>
            <Button>{texts.go}</Button>
            <Button kind="quiet" href="/staff/claims">
              {texts.clear}
            </Button>
          </Actions>
        </div>
      </form>
    </Card>
  )
}

/** Any claim, by whatever is known of it. */
export const StaffClaimsPage = (props: ClaimsPageProps) => {
  const { view, mistakes } = props
  const words = staffClaimsTexts(view.language)
  return (
    <StaffPage
      view={view}
      title={words.title}
      section="claims"
      hasErrors={Object.keys(mistakes).length > 0}
    >
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      <SearchForm {...props} />
      <FoundClaimsPart {...props} isWholePage />
    </StaffPage>
  )
}
