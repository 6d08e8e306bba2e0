import { expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { renderToString } from '#shared/web/render.ts'
import {
  AccountCard,
  Button,
  ClaimRow,
  DataTable,
  ErrorSummary,
  errorWords,
  Field,
  Layout,
  Note,
} from './index.ts'

const page = { language: 'en', csrfToken: 'token', path: '/list?q=a&b' } as const
const brand = { name: 'Minato Bank', mark: 'M', home: '/' }

it('text from outside is escaped wherever it appears', async () => {
  const naughty = '"><script>alert(1)</script>'
  const nodes = [
    <ClaimRow id="a" payee={naughty} description={naughty} reference={naughty} amount={naughty} />,
    <Field name="n" label={naughty} value={naughty} error={naughty} hint={naughty} />,
    <Layout page={{ ...page, path: naughty }} title={naughty} brand={brand} />,
    <Note title={naughty}>{naughty}</Note>,
    <DataTable
      language="en"
      caption={naughty}
      rows={[naughty]}
      columns={[{ label: naughty, cell: (row) => row, foot: naughty }]}
    />,
  ]
  const html = (await Promise.all(nodes.map(renderToString))).join('')
  expect(html).not.toContain('<script>')
})

it('no component writes inline styles or scripts', async () => {
  const html = await renderToString(
    <Layout page={page} title="A" brand={brand} who={{ name: 'B', signOutPath: '/sign-out' }}>
      <ClaimRow id="a" payee="P" description="d" amount="1" busy />
    </Layout>,
  )
  expect(html).not.toMatch(/\sstyle=|\son\w+=|<style|hx-on/)
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/)
})

it('every posting form of the layout carries the token and names this page', async () => {
  const html = await renderToString(
    <Layout page={page} title="A" brand={brand} who={{ name: 'B', signOutPath: '/x' }} />,
  )
  const forms = html.match(/<form method="post".*?<\/form>/g) ?? []
  expect(forms).toHaveLength(4)
  for (const form of forms) expect(form).toContain('name="_csrf" value="token"')
  expect(html).toContain('name="to" value="/list?q=a&amp;b"')
})

it('a field names its hint and its error to screen readers', async () => {
  const html = await renderToString(<Field name="mail" label="Mail" hint="h" error="e" />)
  expect(html).toContain('aria-describedby="field-mail-hint field-mail-error"')
  expect(html).toContain('aria-invalid="true"')
  expect(html).toContain('<label class="field-label" for="field-mail">')
  expect(await renderToString(<Field name="mail" label="Mail" />)).not.toContain('aria-')
})

it('the error summary leads to each field, and is absent without errors', async () => {
  const errors = [{ name: 'mail', message: 'Enter an address' }]
  expect(await renderToString(<ErrorSummary language="en" errors={errors} />)).toContain(
    'href="#field-mail"',
  )
  expect(await renderToString(<ErrorSummary language="ja" errors={[]} />)).toBe('')
})

it('a claim that is being paid has no box to tick', async () => {
  expect(
    await renderToString(<ClaimRow id="a" payee="P" description="d" amount="1" busy />),
  ).not.toContain('<input')
})

it('hx attributes reach button and account', async () => {
  expect(await renderToString(<Button hx-get="/a">x</Button>)).toContain('hx-get="/a"')
  const card = <AccountCard name="account" value="1" title="t" number="n" balance="1" hx-get="/b" />
  expect(await renderToString(card)).toMatch(
    /<input type="radio" name="account" value="1" hx-get="\/b"/,
  )
})

it('an error has words in both languages, and none of its own details', () => {
  const error = new AppError('internal', { detail: 'secret' })
  expect(errorWords(error, 'en').title).toBe('Something went wrong on our side')
  expect(errorWords(new Error('secret'), 'ja').title).toBe('システムエラーが発生しました')
  expect(errorWords(new AppError('not-found'), 'en').title).toBe('This page does not exist')
})
