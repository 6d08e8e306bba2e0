import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { chooseAdvert } from '#shared/contracts/adverts.ts'
import { batchOf } from '#shared/contracts/batch.ts'
import type { ReplyOf } from '#shared/contracts/call.ts'
import { chooseAccounts } from '#shared/contracts/customer-choices.ts'
import { addDays } from '#shared/dates.ts'
import { freshDatabase, type FreshDatabase } from '../../test/support/database.ts'
import { openServer, type TestServer } from '../testing/server.ts'
import { makeWorld, type TestClaim, type TestWorld } from '../testing/world.ts'
import { advertDisplays, adverts } from './adverts.table.ts'
import { enterAdvert, type NewAdvert } from './enter-advert.ts'
import { matchAdverts } from './match-adverts.ts'

let database: FreshDatabase
let world: TestWorld
let server: TestServer

beforeAll(async () => {
  database = await freshDatabase('claim-server')
  world = await makeWorld(database.db)
  server = openServer(world)
})
afterAll(async () => {
  world.close()
  await database.close()
})
beforeEach(async () => {
  world.clock.set(new Date())
  await database.db.delete(advertDisplays)
  await database.db.delete(adverts)
})

const enter = (name: string, changed: Partial<NewAdvert> = {}) =>
  enterAdvert(database.db, world.deps, {
    bank: world.bank.code,
    advertiser: name,
    text: { en: name, ja: `${name}の広告` },
    url: 'https://advertiser.example/',
    categories: [],
    relatedWords: [],
    showFrom: world.today(),
    showUntil: null,
    ...changed,
  })

const choose = async (shown: readonly TestClaim[], customerId = world.customerId) => {
  const { advert } = await server.portal(
    chooseAdvert,
    {
      params: { customerId },
      body: { orderNumbers: shown.map((claim) => claim.orderNumber) },
    },
    { onBehalfOf: customerId },
  )
  return advert
}

const claim = (category: string | undefined, description: string) =>
  world.addClaim(world.shopA, 100n, { description, ...(category ? { category } : {}) })

describe('the adverts of lists that are shown at once', () => {
  const screens = async (...lists: { claims: TestClaim[]; customerId?: string; by?: string }[]) => {
    const items = lists.map(({ claims, customerId = world.customerId, by = customerId }) => ({
      onBehalfOf: by,
      params: { customerId },
      body: { orderNumbers: claims.map((one) => one.orderNumber) },
    }))
    const { answers } = await server.portal(batchOf(chooseAdvert), { body: { items } })
    return answers.map((one) =>
      'reply' in one
        ? (one.reply as ReplyOf<typeof chooseAdvert>).advert?.text.en
        : one.problem.status,
    )
  }

  test('each has its own by its own claims, and they are counted together', async () => {
    const care = await enter('shoe care', { categories: ['shoes'] })
    const umbrellas = await enter('umbrellas', { relatedWords: ['rain'] })
    const shoes = await claim('shoes', 'boots')
    const coat = await claim('coats', 'a rain coat')
    const shown = await screens({ claims: [shoes] }, { claims: [coat] }, { claims: [shoes] })
    expect(shown).toEqual(['shoe care', 'umbrellas', 'shoe care'])
    const counted = await database.db.select().from(advertDisplays)
    expect(new Map(counted.map((one) => [one.advertId, one.displays]))).toEqual(
      new Map([
        [care, 2],
        [umbrellas, 1],
      ]),
    )
  })

  test('of two that fit equally each gets its turn within one call', async () => {
    for (const name of ['first', 'second']) await enter(name)
    const shown = await screens(...Array.from({ length: 4 }, () => ({ claims: [] })))
    expect(shown.filter((name) => name === 'first')).toHaveLength(2)
  })

  test('a list asked for on behalf of somebody else is refused alone, and not counted', async () => {
    await enter('any')
    const shown = await screens({ claims: [] }, { claims: [], by: 'C-somebody' })
    expect(shown).toEqual(['any', 404])
    expect(await database.db.select().from(advertDisplays)).toMatchObject([{ displays: 1 }])
  })

  test('another customer’s claims decide nothing on this list', async () => {
    await enter('any', { showFrom: world.today() })
    await enter('shoe care', { categories: ['shoes'] })
    await database.db.insert(advertDisplays).values({
      advertId: (
        await database.db.select().from(adverts).where(eq(adverts.advertiser, 'shoe care'))
      )
        .map((one) => one.id)
        .join(),
      day: world.today(),
      displays: 5,
    })
    const shoes = await claim('shoes', 'boots')
    expect(await screens({ claims: [shoes] }, { claims: [shoes], customerId: 'C-other' })).toEqual([
      'shoe care',
      'any',
    ])
  })
})

describe('the advert of a list', () => {
  test('is of the category of the claims shown, and says so in both languages', async () => {
    await enter('Hats', { categories: ['hats'] })
    await enter('Shoe care', { categories: ['Shoes'] })
    expect(await choose([await claim('shoes', 'A pair, size 24')])).toEqual({
      text: { en: 'Shoe care', ja: 'Shoe careの広告' },
      url: 'https://advertiser.example/',
      because: { en: 'shoes', ja: '靴' },
    })
    expect((await choose([await claim('帽子', 'ベレー帽')]))?.text.en).toBe('Hats')
  })

  test('is else one with a related word in a description', async () => {
    await enter('Hats', { categories: ['hats'] })
    await enter('Lamps', { relatedWords: ['lamp'] })
    const advert = await choose([await claim('gadgets', 'Two reading lamps, brass')])
    expect(advert).toMatchObject({ text: { en: 'Lamps' }, because: { en: 'lamp', ja: 'lamp' } })
  })

  test('is else any, for no reason, each in its turn', async () => {
    for (const name of ['One', 'Two', 'Three']) await enter(name)
    const shown = []
    for (let time = 0; time < 6; time++) shown.push(await choose([]))
    expect(shown.every((advert) => advert?.because === null)).toBe(true)
    const names = shown.map((advert) => advert?.text.en)
    // Ids of one millisecond are in no order, nor are adverts that were never shown.
    expect(new Set(names.slice(0, 3))).toEqual(new Set(['One', 'Two', 'Three']))
    expect(names.slice(3)).toEqual(names.slice(0, 3))
  })

  test('is counted by day, and nobody can tell who saw it', async () => {
    const id = await enter('Only')
    await choose([])
    await choose([], 'C-2002')
    const counted = await database.db.select().from(advertDisplays)
    expect(counted).toEqual([{ advertId: id, day: world.today(), displays: 2 }])
  })

  test('loses no count when many lists are shown at once', async () => {
    await enter('Only')
    await Promise.all(Array.from({ length: 30 }, () => choose([])))
    const [counted] = await database.db.select().from(advertDisplays)
    expect(counted?.displays).toBe(30)
  })

  test('is none for a customer who switched adverts off, and nothing is counted', async () => {
    await enter('Only')
    await server.portal(
      chooseAccounts,
      {
        params: { customerId: 'C-quiet' },
        body: { accounts: [], defaultAccount: null, showAdverts: false },
      },
      { onBehalfOf: 'C-quiet' },
    )
    expect(await choose([], 'C-quiet')).toBeNull()
    expect(await database.db.$count(advertDisplays)).toBe(0)
  })

  test('is none where there is none, and none that has not begun or is over', async () => {
    const today = world.today()
    await enter('Tomorrow', { showFrom: addDays(today, 1) })
    await enter('Yesterday', { showFrom: addDays(today, -5), showUntil: addDays(today, -1) })
    const ended = await enter('Ended')
    await database.db.update(adverts).set({ endedAt: new Date() }).where(eq(adverts.id, ended))
    expect(await choose([])).toBeNull()
    await enter('Last day', { showFrom: addDays(today, -5), showUntil: today })
    expect((await choose([]))?.text.en).toBe('Last day')
  })

  test('learns nothing from another customer’s claims', async () => {
    await enter('Any')
    await enter('Shoe care', { categories: ['shoes'] })
    const foreign = await claim('shoes', 'A pair')
    expect((await choose([foreign], 'C-2003'))?.because).toBeNull()
  })
})

describe('an advert', () => {
  test('with an end before its beginning is refused', async () => {
    await expect(enter('Never', { showUntil: '2020-01-01' })).rejects.toMatchObject({
      code: 'invalid',
    })
  })
})

describe('a related word', () => {
  const fits = (word: string, description: string) => {
    const advert = { categories: [], relatedWords: [word] }
    const { becauseOf } = matchAdverts([advert], [{ category: null, description }])
    return becauseOf(advert) !== null
  }
  test.each([
    ['shoe', 'A pair of SHOES', true],
    ['dress', 'Two dresses', true],
    ['hat', 'Whatever you like', false],
    ['hat', 'A wool hat, grey', true],
    ['hat', 'A hatstand', false],
    ['c++', 'A book on C++', true],
    ['.*', 'Anything', false],
    ['靴', '革靴 24センチ', true],
    ['ﾗﾝﾌﾟ', '読書ランプ', true],
    ['', 'Anything', false],
  ])('%s in "%s": %s', (word, description, expected) => {
    expect(fits(word, description)).toBe(expected)
  })

  test('of the category that most claims have comes first', () => {
    const hats = { categories: ['hats'], relatedWords: [] }
    const shoes = { categories: ['shoes'], relatedWords: [] }
    const goods = ['shoes', 'hats', '帽子'].map((category) => ({ category, description: '' }))
    expect(matchAdverts([shoes, hats], goods).adverts).toEqual([hats])
  })
})
