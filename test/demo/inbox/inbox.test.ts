import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import nodemailer, { type SendMailOptions } from 'nodemailer'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { movableClock } from '#shared/dates.ts'
import { type Inbox, type InboxOptions, startInbox } from './inbox.ts'

let folder = ''
let inbox: Inbox
let sender: ReturnType<typeof connect>

const connect = (url: string) =>
  nodemailer.createTransport({ url, pool: true, maxConnections: 1, maxMessages: Infinity })

const start = async (options: Partial<InboxOptions> = {}) => {
  inbox = await startInbox({ dataDir: folder, clockFile: join(folder, 'clock.json'), ...options })
  sender = connect(inbox.smtpUrl)
}

const stop = async () => {
  sender.close()
  await inbox.close()
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inbox-'))
  await start()
})
afterEach(async () => {
  await stop()
  rmSync(folder, { recursive: true })
})

const sendMail = (mail: SendMailOptions = {}) =>
  sender.sendMail({
    from: 'pay@bank.example',
    to: 'haruka@mail.example',
    subject: '受注のお知らせ',
    text: 'Pay at http://127.0.0.1:8000/claims.',
    ...mail,
  })

const get = (path: string) => fetch(inbox.url + path, { redirect: 'manual' })
const page = async (path: string) => (await get(path)).text()

/** Posts a form as a browser does that has just opened `from`. */
const post = async (from: string, path: string, fields: Record<string, string>) => {
  const opened = await get(from)
  const cookie = opened.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const token = /name="_csrf" value="([^"]+)"/.exec(await opened.text())?.[1] ?? ''
  return fetch(inbox.url + path, {
    method: 'POST',
    headers: { origin: inbox.url, cookie },
    body: new URLSearchParams({ _csrf: token, ...fields }),
    redirect: 'manual',
  })
}

describe('the inbox', () => {
  test('shows the newest mail first and finds mails by a part of the recipient', async () => {
    await sendMail({ subject: 'first' })
    await sendMail({ subject: 'second', to: 'orders@shop-a.example' })
    expect(await (await get('/api/mails')).json()).toMatchObject({
      count: 2,
      mails: [{ subject: 'second' }, { subject: 'first' }],
    })
    expect(await page('/mails?to=SHOP-A')).not.toContain('first')
    expect(await page('/mails?to=nobody')).toContain('No mail to “nobody”')
  })

  test('files a mail under the recipient of the envelope, whatever its headers say', async () => {
    await sendMail({ to: 'somebody@else.example', envelope: { from: '', to: 'real@mail.example' } })
    expect(inbox.mails({ to: 'real@mail' })).toHaveLength(1)
    expect(inbox.mails({ to: 'else' })).toHaveLength(0)
    const [mail] = inbox.mails()
    expect(await page(`/mails/${mail?.id}`)).toContain('real@mail.example')
  })

  test('keeps its mails over a restart, byte for byte, one file each', async () => {
    await sendMail({ text: 'お支払期限は11月30日です。' })
    const [before] = inbox.mails()
    const source = await page(`/mails/${before?.id}/source`)
    await stop()
    await start()
    expect(inbox.mails()).toEqual([before])
    expect(await page(`/mails/${before?.id}/source`)).toBe(source)
    expect(readdirSync(join(folder, 'mails'))).toEqual([`${before?.id}.eml`])
  })

  test('drops the oldest mail when there is one more than it keeps', async () => {
    await stop()
    await start({ mostMails: 2 })
    for (const subject of ['1', '2', '3']) await sendMail({ subject })
    expect(inbox.mails().map(({ subject }) => subject)).toEqual(['3', '2'])
    expect(readdirSync(join(folder, 'mails'))).toHaveLength(2)
  })

  test('goes on to older mails when one page is full', async () => {
    for (let number = 1; number <= 52; number++) await sendMail({ subject: `mail no. ${number}` })
    const first = await page('/mails')
    const older = /href="(\/mails\?before=[^"]+)"/.exec(first)?.[1] ?? ''
    expect(first).not.toContain('mail no. 2<')
    expect(await page(older)).toContain('mail no. 2<')
  })

  test('lets a mail’s HTML run nothing, load nothing and be framed by nobody else', async () => {
    await sendMail({ html: '<html><head><title>x</title></head><script>1</script></html>' })
    const [mail] = inbox.mails()
    const answer = await get(`/mails/${mail?.id}/html`)
    const policy = answer.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'self'")
    expect(policy).toMatch(/sandbox allow-popups/)
    expect(policy).not.toContain('script-src')
    expect(await answer.text()).toContain('<head><base target="_blank">')
    expect(await page(`/mails/${mail?.id}`)).toMatch(/<iframe [^>]*sandbox="allow-popups/)
  })

  test('shows hostile subjects, addresses and texts as text', async () => {
    await sendMail({
      subject: '<script>alert(1)</script>',
      text: 'http://ok.example/"onmouseover=alert(2)// <img src=x onerror=alert(3)>',
    })
    const [mail] = inbox.mails()
    const shown = await page(`/mails/${mail?.id}`)
    expect(shown).toContain('&lt;script&gt;')
    expect(shown).not.toContain('<script')
    expect(shown).not.toContain('<img src=x')
    expect(shown).not.toMatch(/<a [^>]*onmouseover/)
  })

  test('is emptied by a form of its own page only', async () => {
    await sendMail()
    const strange = await fetch(`${inbox.url}/mails/delete-all`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example' },
      body: new URLSearchParams(),
    })
    expect(strange.status).toBe(403)
    expect(inbox.mails()).toHaveLength(1)
    expect((await post('/mails', '/mails/delete-all', {})).status).toBe(303)
    expect(inbox.mails()).toHaveLength(0)
    expect(readdirSync(join(folder, 'mails'))).toEqual([])
  })

  test('answers an address without a mail as one that does not exist', async () => {
    for (const path of ['/mails/nothing', '/mails/nothing/html', '/mails/..%2f..%2fetc', '/x']) {
      expect((await get(path)).status, path).toBe(404)
    }
    const answer = await get('/api/mails/nothing')
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
  })

  test('speaks the language that the browser asks for', async () => {
    const answer = await fetch(`${inbox.url}/mails`, { headers: { 'accept-language': 'ja' } })
    expect(await answer.text()).toContain('メールはまだありません')
  })

  test('is ready once it listens', async () => {
    expect((await get('/health/ready')).status).toBe(200)
  })
})

describe('the mail server', () => {
  test.each([
    ['refuse-for-now', 451],
    ['refuse-for-good', 550],
  ])('told to %s answers %i, and told to accept it takes mails again', async (answer, code) => {
    expect((await post('/desk', '/desk/mail-server', { answer })).status).toBe(303)
    await expect(sendMail()).rejects.toMatchObject({ responseCode: code })
    expect(inbox.mails()).toHaveLength(0)
    await post('/desk', '/desk/mail-server', { answer: 'accept' })
    await sendMail()
    expect(inbox.mails()).toHaveLength(1)
  })

  test('refuses a mail over 10 MiB', async () => {
    await expect(sendMail({ text: 'x'.repeat(11 * 1024 * 1024) })).rejects.toMatchObject({
      responseCode: 552,
    })
    expect(inbox.mails()).toHaveLength(0)
  })

  test('names the variable when its port is taken', async () => {
    const taken = Number(new URL(inbox.smtpUrl).port)
    await expect(startInbox({ dataDir: folder, smtpPort: taken })).rejects.toThrow(
      `SMTP_PORT ${taken} on 127.0.0.1 is taken`,
    )
  })
})

describe('the demo desk', () => {
  const offset = () => JSON.parse(readFileSync(join(folder, 'clock.json'), 'utf8')).offsetSeconds
  const move = (fields: Record<string, string>) => post('/desk', '/desk/clock', fields)

  test('moves the clock by hours, days and weeks, and back', async () => {
    await move({ move: 'hour' })
    await move({ move: 'day' })
    await move({ move: 'week' })
    expect(offset()).toBe(3600 + 86_400 + 7 * 86_400)
    expect(await page('/desk')).toContain('8 days and 1 hour ahead of real time')
    await move({ move: 'now' })
    expect(offset()).toBe(0)
    expect(await page('/desk')).toContain('The same as real time')
  })

  test('moves the clock to a date at the present time of day in the bank’s zone', async () => {
    const wallClock = (at: Date) =>
      Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Asia/Tokyo')
    const day = wallClock(new Date()).toPlainDate().add({ days: 40 })
    await move({ move: 'date', date: `${day}` })
    const moved = wallClock(movableClock(join(folder, 'clock.json')).now())
    expect(`${moved.toPlainDate()}`).toBe(`${day}`)
    const seconds = moved.since(wallClock(new Date()).add({ days: 40 })).total('seconds')
    expect(Math.abs(seconds)).toBeLessThan(5)
  })

  test.each(['2026-02-30', '9999-01-01', '', 'tomorrow'])(
    'refuses the date "%s", says so beside the field and leaves the clock alone',
    async (date) => {
      await move({ move: 'day' })
      const answer = await move({ move: 'date', date })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('Choose a date within 20 years')
      expect(offset()).toBe(86_400)
    },
  )

  test('is moved by a form of its own page only', async () => {
    const answer = await fetch(`${inbox.url}/desk/clock`, {
      method: 'POST',
      headers: { origin: inbox.url },
      body: new URLSearchParams({ move: 'week' }),
    })
    expect(answer.status).toBe(403)
    expect(await page('/desk')).toContain('The same as real time')
  })

  test('stamps mails with the business clock', async () => {
    await move({ move: 'week' })
    await sendMail()
    const [mail] = inbox.mails()
    const aheadSeconds = ((mail?.receivedAt.getTime() ?? 0) - Date.now()) / 1000
    expect(aheadSeconds).toBeGreaterThan(7 * 86_400 - 60)
  })

  test('says that it can’t move the clock when there is no file for it', async () => {
    await stop()
    await start({ clockFile: undefined })
    expect(await page('/desk')).toContain('BUSINESS_CLOCK_FILE is not set')
    expect((await move({ move: 'week' })).status).toBe(404)
  })
})
