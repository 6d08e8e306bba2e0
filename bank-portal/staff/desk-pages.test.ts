import { parse } from 'node-html-parser'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { deskUrl } from '../../test/support/staff-desk.ts'
import {
  addReconciliations,
  anException,
  type DeskStage,
  fillShops,
  openDeskStage,
  shopIds,
} from '../../test/support/staff-pages.ts'
import { signInTries } from '../sign-in/sign-in-tries.table.ts'

let database: FreshDatabase
let stage: DeskStage
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.delete(signInTries)
  stage = await openDeskStage(database.db, 'en')
})

/** What htmx gets that asks from that page. */
const fragment = async (path: string, shown: string) => {
  const visitor = await stage.as('clerk')
  return visitor.send(deskUrl + path, {
    headers: { 'hx-request': 'true', 'hx-current-url': deskUrl + shown },
  })
}

describe('rows that differ', () => {
  const waiting = (page: Awaited<ReturnType<DeskStage['open']>>) =>
    page.root
      .querySelectorAll('tr')
      .find((row) => row.text.includes('Rows that differ'))
      ?.querySelector('.chip')?.text

  it('of the last night stay on the desk while the hours since then agree', async () => {
    expect(waiting(await stage.open('clerk', '/staff'))).toBe('0')
    const difference = { kind: 'wrong-amount', id: '3F8T-Q1ZD-H', words: 'the claim is 3150' }
    addReconciliations(stage, [difference, { ...difference, kind: 'of-a-new-kind', id: 'x' }])
    expect(waiting(await stage.open('clerk', '/staff'))).toBe('2')
  })

  it('are not those that were completed on the way, nor while nothing was compared lately', async () => {
    const mended = { kind: 'receipt-not-completed', id: 'x', words: 'completed' }
    addReconciliations(stage, [mended])
    expect(waiting(await stage.open('clerk', '/staff'))).toBe('0')
    const agreeing = await stage.open('clerk', '/staff/reconciliations')
    expect(agreeing.text).toContain('Claims, transfers and mails agree.')
    stage.desk.world.reconciliations.length = 0
    addReconciliations(stage, [], 40)
    expect(waiting(await stage.open('clerk', '/staff'))).toBe('1')
    const stale = await stage.open('clerk', '/staff/reconciliations')
    expect(stale.text).toContain('Not compared lately')
    expect(stale.text).not.toContain('Claims, transfers and mails agree.')
  })

  it('are named with the claim and in words; a kind without words by its name', async () => {
    const difference = { kind: 'wrong-amount', id: '3F8T-Q1ZD-H', words: 'the claim is 3150' }
    addReconciliations(stage, [difference, { ...difference, kind: 'of-a-new-kind', id: 'x' }])
    const { root } = await stage.open('clerk', '/staff/reconciliations')
    const found = root.querySelector('details table')
    const rows = found?.querySelectorAll('tbody tr').map((row) => row.text.trim())
    expect(rows).toEqual([
      'Another amount3F8T-Q1ZD-Hthe claim is 3150',
      'of-a-new-kindxthe claim is 3150',
    ])
    expect(found?.querySelector('a')?.getAttribute('href')).toBe('/staff/claims/3F8T-Q1ZD-H')
  })
})

describe('a search that changes', () => {
  it('says what is wrong and leaves the clerk in the next field; a page as a whole leads there', async () => {
    const wrong = '/staff/claims?amount=-1'
    const part = await fragment(wrong, '/staff/claims')
    expect(part.status).toBe(422)
    expect(part.root.querySelector('.error-summary[role=alert]')).not.toBeNull()
    expect(part.root.querySelector('[autofocus]')).toBeNull()
    const page = await stage.open('clerk', wrong)
    expect(page.root.querySelector('.error-summary[autofocus]')).not.toBeNull()
  })

  it('and fails leads back to the page, not to a part of it', async () => {
    stage.desk.world.silent.add('listShops')
    const shown = '/staff/shops?search=hats'
    const { headers, html } = await fragment('/staff/shops?search=hat', shown)
    expect(headers.get('hx-retarget')).toBe('body')
    const root = parse(html)
    const again = root.querySelectorAll('main a').find((one) => one.text === 'Try again')
    expect(again?.getAttribute('href')).toBe(shown)
    expect(root.querySelector('input[name=to]')?.getAttribute('value')).toBe(shown)
  })
})

describe('the language, switched on the answer to a form,', () => {
  const exception = () => `/staff/exceptions/${anException(stage).exceptionId}`
  const shop = () => {
    fillShops(stage)
    return `/staff/shops/${shopIds.shoes}`
  }

  it.each<[string, () => string, string, Record<string, string>]>([
    ['a decision without a reason', shop, '/decision', {}],
    ['a new password without a reason', shop, '/password', {}],
    ['the new password of a shop', shop, '/password', { reason: 'asked at the branch' }],
    ['a refund with mistakes', exception, '/refunds', {}],
    ['roles without any', () => '/staff/members/clerk', '/roles', { roles: '' }],
    ['the new password of a clerk', () => '/staff/members/clerk', '/password', {}],
  ])('%s, leads to the page of the record', async (_case, path, act, fields) => {
    const visitor = await stage.as('approver')
    const record = path()
    const page = await stage.desk.open(visitor, record)
    const answer = await visitor.submit(page, `form[action$="${act}"]`, fields)
    expect(answer.url).toBe(deskUrl + record + act)
    const switched = await visitor.submit(answer, 'form[action="/staff/language"]', {
      language: 'ja',
    })
    expect([switched.status, switched.url]).toEqual([200, deskUrl + record])
  })

  it.each([
    ['/staff/members/new', '/staff/members'],
    ['/staff/adverts/new', '/staff/adverts'],
  ])('of %s, leads to that form', async (path, action) => {
    const visitor = await stage.as('approver')
    const page = await stage.desk.open(visitor, path)
    const answer = await visitor.submit(page, `form[action="${action}"]`)
    expect(answer.status).toBe(422)
    const switched = await visitor.submit(answer, 'form[action="/staff/language"]', {
      language: 'ja',
    })
    expect([switched.status, switched.url]).toEqual([200, deskUrl + path])
  })
})
