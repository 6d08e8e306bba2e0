import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { openStage, type Stage } from '../../test/support/portal-pages.ts'
import type { Visitor } from '../../test/support/visitor.ts'

const form = 'form[action$="/decline"]'

let database: FreshDatabase
let stage: Stage
let haruka: Visitor
let number: string
beforeAll(async () => {
  database = await freshDatabase('bank-portal')
})
afterAll(() => database.close())
beforeEach(async () => {
  stage = await openStage(database.db, 'en')
  haruka = await stage.haruka()
  number = stage.order({})
})

const open = (path: string, who = haruka) => stage.portal.open(who, path)
const decline = async (fields: Record<string, string | undefined>) =>
  haruka.submit(await open(`/claims/${number}/decline`), form, fields)
const claim = () => stage.portal.mocks.claimServer.claims.get(number)

describe('declining a claim', () => {
  it('takes it off the list, keeps the reason, and says that the shop is told', async () => {
    const page = await decline({ reason: 'wrong-amount', text: 'It was 2,100' })
    expect(page.url).toContain(`/claims/${number}?declined`)
    expect(page.text).toContain('Declined. Shop A Shoes is told the reason')
    expect(page.text).toContain('The amount is wrong: It was 2,100')
    expect(claim()?.history.at(-1)?.reason).toBe('wrong-amount: It was 2,100')
    expect((await open('/claims')).text).toContain('Nothing to pay')
    expect(page.root.querySelector('a[href^="/payments/new"]')).toBeNull()
  })

  it('as not mine is a report too, one step from the claim', async () => {
    const page = await open(`/claims/${number}`)
    const way = page.root.querySelectorAll('a').find((one) => one.text.includes('I don’t know'))
    const asked = await open(way?.getAttribute('href') ?? '')
    const done = await haruka.submit(asked, form)
    expect(claim()?.history.at(-1)?.reason).toBe('not-mine')
    expect(done.text).toContain('Declined and reported')
  })

  it.each([
    ['without a reason', { reason: undefined }],
    ['with a reason that there is not', { reason: 'because' }],
    ['with more than a line', { reason: 'other', text: 'x'.repeat(201) }],
    ['with hidden characters', { reason: 'other', text: 'a\u202eb' }],
  ])('%s is asked again, and nothing is declined', async (_name, fields) => {
    const page = await decline(fields)
    expect(page.status).toBe(422)
    expect(claim()?.status).toBe('unsettled')
  })

  it.each([
    ['paying', 'A payment of it is in progress'],
    ['settled', 'It is paid already'],
    ['expired', 'Its time limit has passed'],
    ['cancelled', 'It is not open any more'],
  ] as const)('is not possible once it is %s, and the page says why', async (status, said) => {
    const page = await open(`/claims/${number}/decline`)
    stage.portal.mocks.claimServer.setStatus(number, status)
    const late = await haruka.submit(page, form, { reason: 'returned' })
    expect(late.status).toBe(409)
    expect(late.text).toContain(said)
    expect(claim()?.status).toBe(status)
    expect((await open(`/claims/${number}/decline`)).status).toBe(409)
  })

  it('twice is once', async () => {
    const page = await open(`/claims/${number}/decline`)
    await haruka.submit(page, form, { reason: 'returned' })
    expect((await haruka.submit(page, form, { reason: 'returned' })).status).toBe(200)
    expect(claim()?.history.filter((one) => one.event === 'declined')).toHaveLength(1)
  })

  it('of another customer’s claim answers as one that does not exist', async () => {
    const page = await open(`/claims/${number}/decline`)
    const kenji = await stage.portal.signedIn('kenji.t')
    expect((await open(`/claims/${number}/decline`, kenji)).status).toBe(404)
    const own = stage.order({ customerId: 'C-100552' })
    const form404 = kenji.formRequest(await open(`/claims/${own}/decline`, kenji), form, {
      reason: 'other',
    })
    const { url } = haruka.formRequest(page, form)
    expect((await kenji.send(url, form404.init)).status).toBe(404)
    expect(claim()?.status).toBe('unsettled')
  })
})
