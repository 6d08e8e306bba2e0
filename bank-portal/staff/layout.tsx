import type { Context } from 'hono'
import type { PropsWithChildren } from 'hono/jsx'
import type { Language } from '#shared/texts.ts'
import { Layout } from '#shared/ui/index.ts'
import { type PageContext, pageContext } from '#shared/web/index.ts'
import type { BankBrand, PortalConfig } from '../deps.ts'
import { bankName } from '../layout.tsx'
import type { StaffMember } from './staff-deps.ts'
import { staffTexts } from './texts.ts'

/** What every page of the desk needs of the request and of the bank. */
export interface StaffView {
  page: PageContext
  language: Language
  bank: BankBrand
  timeZone: string
  member: StaffMember | undefined
}

/** `afterPost`: where the page that answers a post can be loaded, when not at the post's own address. */
export const staffViewOf = (
  c: Context,
  { config }: { config: PortalConfig },
  afterPost?: string,
): StaffView => {
  const page = { ...pageContext(c, afterPost), languagePath: '/staff/language' }
  const session = c.get('session') as { data: StaffMember } | undefined
  return {
    page,
    language: page.language,
    bank: config.bank,
    timeZone: config.timeZone,
    member: session?.data.kind === 'staff' ? session.data : undefined,
  }
}

const sections = {
  desk: '/staff',
  claims: '/staff/claims',
  shops: '/staff/shops',
  customers: '/staff/customers',
  tariff: '/staff/fees',
  adverts: '/staff/adverts',
  members: '/staff/members',
  audit: '/staff/audit',
} as const
export type StaffSection = keyof typeof sections

export type StaffPageProps = PropsWithChildren<{
  view: StaffView
  title: string
  section?: StaffSection | undefined
  /** narrow: forms and records. wide: tables. The header is as wide on both. */
  width?: 'narrow' | 'wide'
  hasErrors?: boolean
  reloadSeconds?: number | undefined
}>

/** A page of the staff's desk: who is signed in, the sections, and that all of it is recorded. */
export const StaffPage = ({
  view,
  title,
  section,
  width = 'wide',
  hasErrors = false,
  reloadSeconds,
  children,
}: StaffPageProps) => {
  const { member, language } = view
  const words = staffTexts(language)
  const isOpen = member && !member.mustChoosePassword
  const nav = Object.entries(sections).map(([name, href]) => ({
    href,
    label: words.nav[name as StaffSection],
    current: name === section,
  }))
  return (
    <Layout
      page={view.page}
      title={title}
      brand={{
        name: words.brand(bankName(view)),
        mark: view.bank.mark,
        home: '/staff',
        ...(view.bank.stylesheet ? { stylesheet: view.bank.stylesheet } : {}),
      }}
      nav={isOpen ? nav : []}
      who={member && { name: member.name, signOutPath: '/staff/sign-out' }}
      width={isOpen ? 'wide' : 'narrow'}
      hasErrors={hasErrors}
      footer={words.footer}
      {...(reloadSeconds === undefined ? {} : { reloadSeconds })}
    >
      {isOpen && width === 'narrow' ? <div class="stack measure">{children}</div> : children}
    </Layout>
  )
}
