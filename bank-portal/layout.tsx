import type { Context } from 'hono'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Language } from '#shared/texts.ts'
import { type Brand, Layout } from '#shared/ui/index.ts'
import { type PageContext, pageContext } from '#shared/web/index.ts'
import type { BankBrand, Customer, CustomerSignIn, PortalConfig } from './deps.ts'
import { portalTexts } from './texts.ts'

/** What every page needs of the request and of the bank. */
export interface View {
  page: PageContext
  language: Language
  bank: BankBrand
  timeZone: string
  signOutPath: string
  customer: Customer | undefined
}

export const viewOf = (
  c: Context,
  { config, signIn }: { config: PortalConfig; signIn: CustomerSignIn },
): View => {
  const page = pageContext(c)
  const session = c.get('session') as { data: Customer } | undefined
  return {
    page,
    language: page.language,
    bank: config.bank,
    timeZone: config.timeZone,
    signOutPath: signIn.signOutPath,
    customer: session?.data,
  }
}

/** For a page that answered a post: the language switch leads to `path`, as no post is sent again. */
export const viewAt = (view: View, path: string): View => ({
  ...view,
  page: { ...view.page, path },
})

export const bankName = ({ bank, language }: Pick<View, 'bank' | 'language'>): string =>
  language === 'ja' ? bank.nameJa : bank.name

export const customerName = (customer: Customer, language: Language): string =>
  language === 'ja' ? `${customer.nameJa ?? customer.name} 様` : customer.name

export type Section = 'home' | 'to-pay' | 'paid' | 'accounts' | 'billers'

const brandOf = (view: View): Brand => ({
  name: bankName(view),
  mark: view.bank.mark,
  home: '/',
  ...(view.bank.stylesheet ? { stylesheet: view.bank.stylesheet } : {}),
})

const navOf = (view: View, section: Section | undefined) => {
  const words = portalTexts(view.language).nav
  return [
    { href: '/', label: words.home, current: section === 'home' },
    { href: '/claims', label: words.toPay, current: section === 'to-pay' },
    { href: '/paid', label: words.paid, current: section === 'paid' },
    { href: '/accounts', label: words.accounts, current: section === 'accounts' },
    { href: '/billers', label: words.billers, current: section === 'billers' },
  ]
}

export type PortalPageProps = PropsWithChildren<{
  view: View
  title: string
  section?: Section
  width?: 'narrow' | 'normal' | 'wide'
  hasErrors?: boolean
  reloadSeconds?: number | undefined
  banner?: Child
}>

/** A page of the portal: the bank's name, the member menu when somebody is signed in, help below. */
export const PortalPage = ({
  view,
  title,
  section,
  width = 'normal',
  hasErrors = false,
  reloadSeconds,
  banner,
  children,
}: PortalPageProps) => {
  const { customer, language, signOutPath } = view
  return (
    <Layout
      page={view.page}
      title={title}
      description={portalTexts(language).description}
      brand={brandOf(view)}
      nav={customer ? navOf(view, section) : []}
      who={customer && { name: customerName(customer, language), signOutPath }}
      width={width}
      hasErrors={hasErrors}
      banner={banner}
      footer={portalTexts(language).help(view.bank.phone)}
      {...(reloadSeconds === undefined ? {} : { reloadSeconds })}
    >
      {children}
    </Layout>
  )
}
