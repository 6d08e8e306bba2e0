import type { FoundCustomer } from '#shared/contracts/core-staff.ts'
import {
  Button,
  Card,
  Chip,
  CsrfField,
  EmptyState,
  Field,
  Moment,
  Note,
  PageTitle,
} from '#shared/ui/index.ts'
import { StaffPage, type StaffView } from '../layout.tsx'
import { customersTexts } from './texts.ts'

export interface CustomersPageProps {
  view: StaffView
  search: string
  /** Undefined when nobody was searched for. */
  found: FoundCustomer[] | undefined
  mistake?: string
  /** What an unlocking did. */
  done?: 'unlocked' | 'wasNot' | undefined
}

const most = 20

const nameOf = ({ name, nameJa }: FoundCustomer, { language }: StaffView) =>
  language === 'ja' ? (nameJa ?? name) : name

const CustomerCard = ({
  view,
  search,
  customer,
}: {
  view: StaffView
  search: string
  customer: FoundCustomer
}) => {
  const { language, timeZone } = view
  const words = customersTexts(language)
  const { customerId, lockedUntil } = customer
  const name = nameOf(customer, view)
  return (
    <Card title={name} actions={<code>{customerId}</code>}>
      <p>
        {lockedUntil ? (
          <>
            <Chip tone="bad">{words.lockedUntil}</Chip>{' '}
            <Moment at={lockedUntil} timeZone={timeZone} language={language} />
          </>
        ) : (
          <Chip>{words.notLocked}</Chip>
        )}
      </p>
      {lockedUntil && (
        <form method="post" action={`/staff/customers/${customerId}/unlock`} class="form">
          <p class="soft">{words.check}</p>
          <CsrfField token={view.page.csrfToken} />
          <input type="hidden" name="search" value={search} />
          <Button aria-label={words.unlockOf(name)}>{words.unlock}</Button>
        </form>
      )}
      <p>
        <a href={`/staff/claims?${new URLSearchParams({ customer: customerId })}`}>
          {words.claims}
        </a>
      </p>
    </Card>
  )
}

const Found = ({ view, search, found }: CustomersPageProps) => {
  const words = customersTexts(view.language)
  if (found === undefined) return null
  if (found.length === 0)
    return (
      <EmptyState title={words.none.title} icon="search">
        {words.none.text}
      </EmptyState>
    )
  return (
    <>
      <p class="soft">{found.length < most ? words.found(found.length) : words.most}</p>
      {found.map((customer) => (
        <CustomerCard view={view} search={search} customer={customer} />
      ))}
    </>
  )
}

/** Customers as the core knows them, and the lock on their authorisation. */
export const CustomersPage = (props: CustomersPageProps) => {
  const { view, search, mistake, done } = props
  const words = customersTexts(view.language)
  return (
    <StaffPage
      view={view}
      title={words.title}
      section="customers"
      width="narrow"
      hasErrors={mistake !== undefined}
    >
      <PageTitle title={words.title}>{words.intro}</PageTitle>
      {done && (
        <Note tone={done === 'unlocked' ? 'ok' : 'info'} title={words[done].title} announce>
          {words[done].text}
        </Note>
      )}
      <form method="get" action="/staff/customers" class="form" role="search" novalidate>
        <Field
          name="search"
          label={words.search}
          hint={words.searchHint}
          value={search}
          error={mistake}
          autocomplete="off"
          maxlength={60}
        />
        <Button>{words.go}</Button>
      </form>
      <Found {...props} />
    </StaffPage>
  )
}
