import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import {
  current,
  harukaId,
  openStage,
  savings,
  type Stage,
  travel,
} from '../../test/support/portal-pages.ts'
import type { VisitedPage, Visitor } from '../../test/support/visitor.ts'

const form = 'form[action="/accounts/choices"]'

let database: FreshDatabase
let stage: Stage
let haruka: Visitor
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())
beforeEach(async () => {
  stage = await openStage(database.db, 'en')
  haruka = await stage.haruka()
})

const open = () => stage.portal.open(haruka, '/accounts/choices')
const change = async (fields: Parameters<Visitor['submit']>[2]) =>
  haruka.submit(await open(), form, fields)
const kept = () => stage.portal.mocks.claimServer.choices.get(harukaId)
const ticked = (page: VisitedPage) =>
  page.root.querySelectorAll('input[name=pays][checked]').map((one) => one.getAttribute('value'))

describe('accounts that pay', () => {
  it('are all of them until the customer chooses, with adverts and mails as on this page', async () => {
    const page = await open()
    expect(ticked(page)).toEqual([savings, current, travel])
    expect(page.root.querySelector('input[name=adverts][checked]')).not.toBeNull()
    expect(
      page.root.querySelector('input[name=mailLanguage][checked]')?.getAttribute('value'),
    ).toBe('en')
  })

  it('are kept with the default, adverts and the language of mails, and shown as kept', async () => {
    const done = await change({
      pays: [savings, current],
      defaultAccount: current,
      adverts: undefined,
      mailLanguage: 'ja',
    })
    expect(done.text).toContain('Your choices are saved')
    expect(done.text).toContain('does not pay claims')
    expect(kept()).toEqual({
      accounts: [savings, current],
      defaultAccount: current,
      showAdverts: false,
      language: 'ja',
    })
    const again = await open()
    expect(ticked(again)).toEqual([savings, current])
    expect(again.root.querySelector('html')?.getAttribute('lang')).toBe('en')
  })

  it('all ticked leave the choice open, so that a later account pays too', async () => {
    await change({ pays: [savings, current, travel] })
    expect(kept()?.accounts).toEqual([])
  })

  it.each([
    ['none', { pays: undefined }, 'Tick at least one account'],
    ['a default that is not ticked', { pays: [savings], defaultAccount: current }, 'must be one'],
    [
      'somebody else’s default',
      { pays: [savings], defaultAccount: '0901-202-1-0047215' },
      'must be one',
    ],
    ['only somebody else’s', { pays: ['0901-202-1-0047215'] }, 'Tick at least one account'],
  ])('can’t be %s: nothing is kept, and the page says why', async (_name, fields, said) => {
    const page = await change(fields)
    expect(page.status).toBe(422)
    expect(page.text).toContain(said)
    expect(kept()?.accounts ?? []).toEqual([])
  })

  it('hold on the confirmation and at acceptance too', async () => {
    await change({ pays: [savings] })
    const confirmation = await stage.portal.open(
      haruka,
      `/payments/new?claim=${stage.order({})}&account=${current}`,
    )
    expect(confirmation.status).toBe(409)
    expect(confirmation.text).toContain('This account does not pay claims')
    const { entryToken } = stage.portal.mocks.claimServer.sendOrder({
      shop: 'Shop A Shoes',
      description: 'Shoes',
      amountMinor: 3150n,
    })
    const acceptance = await stage.portal.open(haruka, `/entry/${entryToken}`)
    expect(acceptance.root.querySelectorAll('input[name=account]')).toHaveLength(1)
  })
})
