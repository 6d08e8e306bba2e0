import type { Context } from 'hono'
import type { PropsWithChildren } from 'hono/jsx'
import { dateIn, type LocalDate } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import type { Language } from '#shared/texts.ts'
import { Layout, Note } from '#shared/ui/index.ts'
import { type PageContext, pageContext } from '#shared/web/index.ts'
import type { Deps } from '../deps.ts'
import type { ShopCaller } from '../shops/find-key-owner.ts'
import type { ConsoleEnv } from './env.ts'
import { consoleTexts } from './texts.ts'

/** What every page of the console needs of the request. */
export interface View {
  page: PageContext
  language: Language
  timeZone: string
  today: LocalDate
  bankName: string
  caller: ShopCaller | undefined
}

export const inLanguage = (
  { name, nameJa }: { name: string; nameJa: string | null },
  language: Language,
): string => (language === 'ja' && nameJa ? nameJa : name)

export const viewOf = (c: Context, { config, clock }: Pick<Deps, 'config' | 'clock'>): View => {
  const page = pageContext(c)
  const { language } = page
  const caller = c.get('caller') as ShopCaller | undefined
  const timeZone = caller?.bank.timeZone ?? config.TIME_ZONE
  return {
    page,
    language,
    timeZone,
    today: dateIn(timeZone, clock.now()),
    bankName: inLanguage(
      caller?.bank ?? { name: config.BANK_NAME, nameJa: config.BANK_NAME_JA },
      language,
    ),
    caller,
  }
}

/** The signed-in shop; routes behind `requireShop` have one. */
export const callerOf = (c: Context<ConsoleEnv>): ShopCaller => {
  const { caller } = c.var
  if (!caller) throw new AppError('unauthenticated')
  return caller
}

export type Section = 'orders' | 'new-order' | 'settings'

const navOf = ({ language }: View, section: Section | undefined) => {
  const words = consoleTexts(language).nav
  return [
    { href: '/shop/orders', label: words.orders, current: section === 'orders' },
    { href: '/shop/orders/new', label: words.newOrder, current: section === 'new-order' },
    { href: '/shop/settings', label: words.settings, current: section === 'settings' },
  ]
}

const StateNote = ({ view }: { view: View }) => {
  const words = consoleTexts(view.language)
  switch (view.caller?.shop.status) {
    case 'suspended':
      return (
        <Note tone="warn" title={words.suspended.title}>
          {words.suspended.text(view.bankName)}
        </Note>
      )
    case 'waiting':
      return (
        <Note tone="info" title={words.waiting.title}>
          {words.waiting.note(view.bankName)}
        </Note>
      )
    default:
      return null
  }
}

export type ConsolePageProps = PropsWithChildren<{
  view: View
  title: string
  section?: Section
  width?: 'narrow' | 'normal' | 'wide'
  hasErrors?: boolean
  /** Where the page itself says how the shop stands. */
  withoutState?: boolean
}>

/** A page of the shops' console. */
export const ConsolePage = ({
  view,
  title,
  section,
  width = 'narrow',
  hasErrors = false,
  withoutState = false,
  children,
}: ConsolePageProps) => {
  const words = consoleTexts(view.language)
  const { caller, language } = view
  return (
    <Layout
      page={view.page}
      title={title}
      description={words.description}
      brand={{ name: words.brand, mark: words.mark, home: '/shop' }}
      nav={caller ? navOf(view, section) : []}
      who={caller && { name: inLanguage(caller.shop, language), signOutPath: '/shop/sign-out' }}
      width={width}
      hasErrors={hasErrors}
      footer={words.footer(view.bankName)}
    >
      <div class="stack">
        {!withoutState && <StateNote view={view} />}
        {children}
      </div>
    </Layout>
  )
}
