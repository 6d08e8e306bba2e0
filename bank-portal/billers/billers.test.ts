import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../test/support/database.ts'
import { openStage, type Stage } from '../../test/support/portal-pages.ts'
import type { Visitor } from '../../test/support/visitor.ts'

const water = '0199f000-0000-7000-8000-00000000000d'
const path = `/billers/${water}`
const linkForm = `form[action="${path}"]`
const onTheBill = { customerNumber: '40-118', secondFact: '4,760' }

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
  bill('October and November')
})

const bill = (description: string) =>
  stage.portal.mocks.claimServer.sendBill({
    ...onTheBill,
    shop: 'Minato Waterworks',
    description,
    amountMinor: 5000n,
  })
const open = (at: string, who = haruka) => stage.portal.open(who, at)
const link = async (fields: Record<string, string>, who = haruka) =>
  who.submit(await open(path, who), linkForm, fields)

describe('a biller', () => {
  it('sends nothing to a customer who has not linked it', async () => {
    expect((await open('/claims')).text).toContain('Nothing to pay')
    expect((await open('/billers')).text).toContain('Not linked M Minato Waterworks')
  })

  it('linked by number and second fact brings what waited, new on the list', async () => {
    const page = await link(onTheBill)
    expect(page.text).toContain('1 bill is on your list now')
    expect((await open('/')).text).toContain('One claim is new')
    const fresh = await open('/claims?filter=new')
    expect(fresh.text).toContain('October and November')
    expect(fresh.root.querySelector('.chip.is-ok')?.text).toBe('new')
    bill('December')
    expect((await open('/claims')).text).toContain('December')
  })

  it.each([
    ['another number', { ...onTheBill, customerNumber: '40-119' }],
    ['another second fact', { ...onTheBill, secondFact: '4,761' }],
  ])('is not linked by %s, and the answer does not tell which was wrong', async (_name, fields) => {
    const page = await link(fields)
    expect(page.status).toBe(422)
    expect(page.text).toContain('These do not match a bill')
    expect(page.text).toContain('4 tries are left')
    expect((await open('/claims')).text).toContain('Nothing to pay')
  })

  it('is locked after five wrong tries, also for the right ones', async () => {
    for (let tries = 0; tries < 5; tries++) await link({ ...onTheBill, secondFact: `${tries}` })
    const page = await link(onTheBill)
    expect(page.status).toBe(423)
    expect(page.text).toContain('did not match five times')
    expect((await open('/claims')).text).toContain('Nothing to pay')
  })

  it.each([
    [' ', 'enter it as printed on a bill'],
    ['1'.repeat(61), 'too long'],
  ])('says of each field by its label what is wrong with %j', async (typed, mistake) => {
    const page = await link({ customerNumber: typed, secondFact: typed })
    const said = page.root.querySelectorAll('.error-summary li').map((one) => one.text.trim())
    expect(said).toEqual([`Customer number: ${mistake}`, `Check number on the bill: ${mistake}`])
  })

  it('asks for what is missing before a try is counted', async () => {
    for (let tries = 0; tries < 6; tries++)
      expect((await link({ customerNumber: ' ', secondFact: '' })).status).toBe(422)
    expect((await link(onTheBill)).text).toContain('1 bill is on your list now')
  })

  it('whose number another customer linked stays theirs', async () => {
    const kenji = await stage.portal.signedIn('kenji.t')
    await link(onTheBill, kenji)
    const page = await link(onTheBill)
    expect(page.status).toBe(409)
    expect(page.text).toContain('linked by another customer')
    expect((await open('/claims')).text).toContain('Nothing to pay')
  })

  it('unlinked sends nothing more; what is on the list stays', async () => {
    const page = await link(onTheBill)
    const done = await haruka.submit(page, 'form[action$="/unlink"]')
    expect(done.text).toContain('The link to Minato Waterworks is ended')
    bill('December')
    const list = await open('/claims')
    expect(list.text).toContain('October and November')
    expect(list.text).not.toContain('December')
  })

  it.each(['/billers/rubbish', '/billers/0199f000-0000-7000-8000-00000000000a'])(
    'that is none is a page that does not exist: %s',
    async (at) => {
      expect((await open(at)).status).toBe(404)
    },
  )
})
