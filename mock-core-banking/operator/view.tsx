import type { Context } from 'hono'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Language } from '#shared/texts.ts'
import { Layout } from '#shared/ui/index.ts'
import { type PageContext, type PageEnv, pageContext } from '#shared/web/index.ts'
import type { Deps } from '../deps.ts'
import type { OperatorSession } from './operator.table.ts'
import { operatorTexts } from './texts.ts'

export type OperatorEnv = PageEnv<OperatorSession>

/** What every operator page needs of the request and of the bank. */
export interface View {
  page: PageContext
  language: Language
  timeZone: string
  bankName: string
  /** Who is signed in. */
  name: string | undefined
}

/** `afterPost`: where the page that answers a post can be loaded, when not at the post's own address. */
export const viewOf = (c: Context, { config }: Pick<Deps, 'config'>, afterPost?: string): View => {
  const page = pageContext(c, afterPost)
  const session = c.get('session') as { data: OperatorSession } | undefined
  return {
    page,
    language: page.language,
    timeZone: config.TIME_ZONE,
    bankName: page.language === 'ja' ? config.BANK_NAME_JA : config.BANK_NAME,
    name: session?.data.name,
  }
}

export type Section = 'accounts' | 'payments' | 'books'

export type OperatorPageProps = PropsWithChildren<{
  view: View
  title: string
  section?: Section
  width?: 'narrow' | 'normal' | 'wide'
  hasErrors?: boolean
  footer?: Child
}>

/** A page of the operator's console of core banking. */
export const OperatorPage = ({
  view,
  title,
  section,
  width = 'normal',
  hasErrors = false,
  children,
}: OperatorPageProps) => {
  const words = operatorTexts(view.language)
  const nav = [
    { href: '/operator', label: words.nav.accounts, current: section === 'accounts' },
    { href: '/operator/payments', label: words.nav.payments, current: section === 'payments' },
    { href: '/operator/books', label: words.nav.books, current: section === 'books' },
  ]
  return (
    <Layout
      page={view.page}
      title={title}
      brand={{ name: words.brand(view.bankName), mark: words.mark, home: '/operator' }}
      nav={view.name === undefined ? [] : nav}
      who={
        view.name === undefined ? undefined : { name: view.name, signOutPath: '/operator/sign-out' }
      }
      width={width}
      hasErrors={hasErrors}
      footer={words.footer}
    >
      {children}
    </Layout>
  )
}
