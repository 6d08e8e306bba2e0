import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { expect } from 'vitest'
import { listBillers } from '#shared/contracts/billers.ts'
import { findClaim, findEntry } from '#shared/contracts/claim-server.ts'
import * as calls from '#shared/contracts/staff.ts'
import { askAsShop, haruka, mei, newReference, order, sendOrder } from '../acts.ts'
import type { Bench, ContractGroup } from '../side.ts'
import { asStaff, expectRefused, notFound } from '../staff-acts.ts'
import { type ShopName, shoesLogin } from '../world.ts'

type Decision = 'approve' | 'suspend' | 'reinstate'

const decide = (bench: Bench, shopId: string, decision: Decision) =>
  asStaff(bench)(calls.decideShop, {
    params: { shopId },
    body: { decision, reason: 'papers seen' },
  })

const list = (bench: Bench, query: Record<string, unknown>) =>
  asStaff(bench)(calls.listShops, { query })

const newest = [
  'Umi Coffee',
  'Minato Waterworks',
  'Shop C Furniture',
  'Shop B Hats',
  'Shop A Shoes',
]

const trySending = (bench: Bench, shop: ShopName) =>
  askAsShop(bench, shop, '/v1/orders', {
    body: {
      shopOrderRef: newReference(bench),
      description: 'A hat',
      amount: { value: 2_100, currency: 'JPY' },
    },
    headers: { 'idempotency-key': randomUUID() },
  })

export const staffShops: ContractGroup = {
  of: 'shops, for staff',
  cases: [
    {
      rule: 'are listed newest first, by status, id and part of the name, page by page',
      async run(bench) {
        const namesOf = async (query: Record<string, unknown>) =>
          (await list(bench, query)).shops.map((one) => one.name)
        expect(await namesOf({})).toEqual(newest)
        expect(await namesOf({ status: 'waiting' })).toEqual(['Umi Coffee'])
        expect(await namesOf({ status: 'suspended' })).toEqual([])
        expect(await namesOf({ shopId: bench.shopIds.hats })).toEqual(['Shop B Hats'])
        expect(await namesOf({ search: ' sHOP b' })).toEqual(['Shop B Hats'])
        expect(await namesOf({ search: 'のショップ', status: 'live' })).toHaveLength(3)
        expect(await namesOf({ search: '%' })).toEqual([])
        const first = await list(bench, { limit: 2 })
        const rest = await list(bench, { limit: 3, cursor: first.nextCursor })
        expect([...first.shops, ...rest.shops].map((one) => one.name)).toEqual(newest)
        expect(rest.nextCursor).toBeNull()
        await expectRefused(bench, [
          ['?status', calls.listShops, { query: { status: 'closed' } }],
          ['?shopId', calls.listShops, { query: { shopId: 'hats' } }],
          ['?cursor', calls.listShops, { query: { cursor: 'bm8' } }],
          ['?limit', calls.listShops, { query: { limit: 0 } }],
        ])
      },
    },
    {
      rule: 'that wait are approved, once; a repeat answers the same',
      async run(bench) {
        const { coffee } = bench.shopIds
        await expect(decide(bench, coffee, 'suspend')).rejects.toMatchObject({ code: 'stale' })
        expect(await decide(bench, coffee, 'approve')).toEqual({ status: 'live' })
        expect(await decide(bench, coffee, 'approve')).toEqual({ status: 'live' })
        expect((await list(bench, { shopId: coffee })).shops).toMatchObject([
          { status: 'live', accounts: [{ account: '0901-202-2-1100607', holder: 'Umi Coffee' }] },
        ])
      },
    },
    {
      rule: 'that are suspended take no orders, their claims on hold, until they are taken back',
      async run(bench) {
        const { hats } = bench.shopIds
        const number = await order(bench, haruka, 'hats')
        const { entryToken } = await sendOrder(bench, 'hats')
        const find = async () => {
          const params = { customerId: haruka.customerId, orderNumber: number }
          const { claim } = await bench.ask(findClaim, { params })
          const { open } = await bench.ask(findEntry, { params: { entryToken } })
          return { payable: claim.payable, onHold: claim.onHold, open }
        }
        expect(await decide(bench, hats, 'suspend')).toEqual({ status: 'suspended' })
        expect(await decide(bench, hats, 'suspend')).toEqual({ status: 'suspended' })
        expect(await find()).toEqual({ payable: false, onHold: true, open: false })
        expect((await trySending(bench, 'hats')).status).toBe(403)
        const revival = { body: { timeLimit: '2026-12-24' } }
        const revive = await askAsShop(bench, 'hats', `/v1/orders/${number}/revive`, revival)
        expect(revive.status).toBe(403)
        await expect(decide(bench, hats, 'approve')).rejects.toMatchObject({ code: 'stale' })
        expect(await decide(bench, hats, 'reinstate')).toEqual({ status: 'live' })
        expect(await find()).toEqual({ payable: true, onHold: false, open: true })
        expect((await trySending(bench, 'hats')).status).toBe(201)
      },
    },
    {
      rule: 'and billers too: no batches, and nobody can link one that is suspended',
      async run(bench) {
        const { water } = bench.shopIds
        await decide(bench, water, 'suspend')
        const params = { customerId: mei.customerId }
        expect((await bench.ask(listBillers, { params })).billers).toEqual([])
        const batch = { batchRef: newReference(bench), claims: [{ nothing: 'of a claim' }] }
        const sent = await askAsShop(bench, 'water', '/v1/claim-batches', { body: batch })
        expect(sent.status).toBe(403)
        await decide(bench, water, 'reinstate')
        expect((await bench.ask(listBillers, { params })).billers).toHaveLength(1)
      },
    },
    {
      rule: 'get a new password for their console, where they have a login',
      async run(bench) {
        const reset = (shopId: string) =>
          asStaff(bench)(calls.resetShopPassword, {
            params: { shopId },
            body: { reason: 'forgotten' },
          })
        const first = await reset(bench.shopIds.shoes)
        const second = await reset(bench.shopIds.shoes)
        if (first.outcome !== 'reset' || second.outcome !== 'reset') throw new Error('no login')
        expect(first.signInId).toBe(shoesLogin.signInId)
        expect(first.password).toMatch(/^[2-9a-z]{4}(-[2-9a-z]{4}){4}$/)
        expect(second.password).not.toBe(first.password)
        expect(await reset(bench.shopIds.hats)).toEqual({ outcome: 'no-login' })
        await expect(reset(randomUUIDv7())).rejects.toMatchObject(notFound)
      },
    },
    {
      rule: 'that are unknown, and decisions without a reason, are refused',
      async run(bench) {
        await expect(decide(bench, randomUUIDv7(), 'approve')).rejects.toMatchObject(notFound)
        const params = { shopId: bench.shopIds.hats }
        const body = { decision: 'suspend', reason: 'papers seen' }
        await expectRefused(bench, [
          ['#/reason', calls.decideShop, { params, body: { ...body, reason: ' ' } }],
          ['#/decision', calls.decideShop, { params, body: { ...body, decision: 'close' } }],
          [':shopId', calls.decideShop, { params: { shopId: 'hats' }, body }],
          ['#/reason', calls.resetShopPassword, { params, body: {} }],
          [
            ':shopId',
            calls.resetShopPassword,
            { params: { shopId: 'hats' }, body: { reason: 'x' } },
          ],
        ])
      },
    },
  ],
}
