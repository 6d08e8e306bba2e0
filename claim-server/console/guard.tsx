import type { MiddlewareHandler } from 'hono'
import { Button, Outcome } from '#shared/ui/index.ts'
import { isHtmx, pageContext, renderPage, shownPath } from '#shared/web/index.ts'
import type { ConsoleDeps } from './console-deps.ts'
import type { ConsoleEnv } from './env.ts'
import { consoleTexts } from './texts.ts'
import { callerOf, ConsolePage, type View, viewOf } from './view.tsx'

const signInPath = (next: string) =>
  next === '/shop' ? '/shop/sign-in' : `/shop/sign-in?${new URLSearchParams({ next })}`

const ExpiredPage = ({ view }: { view: View }) => {
  const words = consoleTexts(view.language).expired
  return (
    <ConsolePage view={view} title={words.title}>
      <Outcome
        tone="warn"
        title={words.title}
        actions={<Button href="/shop/sign-in">{words.signIn}</Button>}
      >
        <p>{words.text}</p>
      </Outcome>
    </ConsolePage>
  )
}

/** Lets signed-in shops pass; others are led to the sign-in and back, a late post is told so. */
export const requireShop =
  (deps: ConsoleDeps): MiddlewareHandler<ConsoleEnv> =>
  async (c, next) => {
    if (c.var.caller) return next()
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD')
      return renderPage(
        c,
        <ExpiredPage view={{ ...viewOf(c, deps), page: pageContext(c, '/shop') }} />,
        401,
      )
    const path = signInPath(shownPath(c, '/shop'))
    if (!isHtmx(c)) return c.redirect(path, 303)
    c.header('hx-redirect', path)
    return c.body(null, 401)
  }

const WaitingPage = ({ view }: { view: View }) => {
  const words = consoleTexts(view.language).waiting
  return (
    <ConsolePage view={view} title={words.title} section="orders" withoutState>
      <Outcome
        tone="busy"
        title={words.title}
        actions={<Button href="/shop/settings">{words.settings}</Button>}
      >
        <p>{words.text(view.bankName)}</p>
        <p>{words.meanwhile}</p>
      </Outcome>
    </ConsolePage>
  )
}

/** Before the bank's approval there are no orders: every page of them says so. */
export const requireApproval =
  (deps: ConsoleDeps): MiddlewareHandler<ConsoleEnv> =>
  async (c, next) => {
    if (callerOf(c).shop.status !== 'waiting') return next()
    const status = c.req.method === 'GET' || c.req.method === 'HEAD' ? 200 : 403
    return renderPage(c, <WaitingPage view={viewOf(c, deps)} />, status)
  }

const SuspendedPage = ({ view }: { view: View }) => {
  const words = consoleTexts(view.language).suspended
  return (
    <ConsolePage view={view} title={words.title} withoutState>
      <Outcome
        tone="warn"
        title={words.title}
        actions={<Button href="/shop/orders">{words.orders}</Button>}
      >
        <p>{words.text(view.bankName)}</p>
      </Outcome>
    </ConsolePage>
  )
}

/** A suspended shop may look at everything, and neither order nor have itself paid elsewhere. */
export const refuseSuspended =
  (deps: ConsoleDeps): MiddlewareHandler<ConsoleEnv> =>
  async (c, next) =>
    callerOf(c).shop.status === 'suspended'
      ? renderPage(c, <SuspendedPage view={viewOf(c, deps)} />, 403)
      : next()
