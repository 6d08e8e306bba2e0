import { type HTMLElement, parse } from 'node-html-parser'

/** A page as a visitor without JavaScript got it. */
export interface VisitedPage {
  status: number
  url: string
  /** The page's text, blanks collapsed. */
  text: string
  root: HTMLElement
  html: string
  headers: Headers
}

type Fields = Record<string, string | string[] | undefined>

const mostRedirects = 10

const cookieOf = (header: string) => {
  const [pair = '', ...attributes] = header.split(';').map((part) => part.trim())
  const at = pair.indexOf('=')
  const ended = attributes.some((one) => /^max-age=0$/i.test(one))
  return { name: pair.slice(0, at), value: ended ? '' : pair.slice(at + 1) }
}

const formValues = (form: HTMLElement): [string, string][] => {
  const values: [string, string][] = []
  for (const input of form.querySelectorAll('input, select, textarea')) {
    const name = input.getAttribute('name')
    if (!name || input.hasAttribute('disabled')) continue
    const type = input.getAttribute('type') ?? ''
    if (['submit', 'button', 'image', 'file'].includes(type)) continue
    if (['checkbox', 'radio'].includes(type) && !input.hasAttribute('checked')) continue
    if (input.tagName === 'SELECT') {
      const option = input.querySelector('option[selected]') ?? input.querySelector('option')
      values.push([name, option?.getAttribute('value') ?? option?.text ?? ''])
    } else if (input.tagName === 'TEXTAREA') values.push([name, input.text])
    else values.push([name, input.getAttribute('value') ?? (type === 'checkbox' ? 'on' : '')])
  }
  return values
}

const withFields = (values: [string, string][], fields: Fields): URLSearchParams => {
  const body = new URLSearchParams(values.filter(([name]) => !(name in fields)))
  for (const [name, value] of Object.entries(fields))
    for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value])
      body.append(name, one)
  return body
}

export interface Visitor {
  open(url: string): Promise<VisitedPage>
  /** Fills and sends the form that matches the selector, as its button would. */
  submit(page: VisitedPage, selector: string, fields?: Fields): Promise<VisitedPage>
  /** The request that `submit` would send: for sending it twice, or bent. */
  formRequest(
    page: VisitedPage,
    selector: string,
    fields?: Fields,
  ): { url: string; init: RequestInit }
  /** Sends a request with this visitor's cookies and follows redirects. */
  send(url: string, init?: RequestInit): Promise<VisitedPage>
  cookies: Map<string, string>
}

/** A browser without JavaScript, over fetch: cookies, forms, redirects. Fast enough for a demo world and for load. */
export const createVisitor = ({
  language = 'en',
  fetch: ask = fetch,
}: {
  language?: string
  fetch?: typeof fetch
} = {}): Visitor => {
  const cookies = new Map<string, string>()
  const keepCookies = (response: Response) => {
    for (const header of response.headers.getSetCookie()) {
      const { name, value } = cookieOf(header)
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
  }
  const once = async (url: string, init: RequestInit) => {
    const headers = new Headers(init.headers)
    headers.set('accept-language', language)
    if (cookies.size > 0)
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    if (init.method === 'POST') headers.set('origin', new URL(url).origin)
    const response = await ask(url, { ...init, headers, redirect: 'manual' })
    keepCookies(response)
    return response
  }
  const send = async (url: string, init: RequestInit = {}): Promise<VisitedPage> => {
    let at = url
    let request = init
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const response = await once(at, request)
      const location = response.headers.get('location')
      const html = await response.text()
      if (response.status >= 300 && response.status < 400 && location) {
        at = new URL(location, at).href
        request = {}
        continue
      }
      const root = parse(html)
      const text = (root.querySelector('main') ?? root).structuredText.replaceAll(/\s+/g, ' ')
      return { status: response.status, url: at, text, root, html, headers: response.headers }
    }
    throw new Error(`more than ${mostRedirects} redirects from ${url}`)
  }
  const formRequest: Visitor['formRequest'] = (page, selector, fields = {}) => {
    const form = page.root.querySelector(selector)
    if (!form)
      throw new Error(
        `no form ${selector} on ${page.url} (${page.status}): ${page.text.slice(0, 300)}`,
      )
    const body = withFields(formValues(form), fields)
    const url = new URL(form.getAttribute('action') ?? page.url, page.url)
    if ((form.getAttribute('method') ?? 'get').toLowerCase() === 'get') {
      url.search = `${body}`
      return { url: url.href, init: {} }
    }
    return {
      url: url.href,
      init: {
        method: 'POST',
        body: `${body}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      },
    }
  }
  return {
    cookies,
    send,
    formRequest,
    open: (url) => send(url),
    submit: (page, selector, fields) => {
      const { url, init } = formRequest(page, selector, fields)
      return send(url, init)
    },
  }
}
