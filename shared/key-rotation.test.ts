import { Hono } from 'hono'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { defineCall } from './contracts/call.ts'
import { archiveKey, readKeyFolder } from './key-folder.ts'
import { denyKey, makeKey, openKeyRing } from './keys.ts'
import { answerProblem, toAppError } from './problem.ts'
import { createServiceClient, NoAnswer } from './service-client.ts'
import { listen } from './service-process.ts'
import { serveCall, servePublicKeys, trustPeers } from './service-routes.ts'
import { makeRing, recordLog, temporaryFolder } from './testing/key-rings.ts'

const readThing = defineCall({
  name: 'readThing',
  summary: 'Read a thing',
  callee: 'core-banking',
  callers: ['bank-portal'],
  method: 'GET',
  path: '/things',
  changes: false,
  reply: z.object({ ok: z.literal(true) }),
})

// Real life's half minute of cache, shrunk; everything else is as it runs.
const cacheSeconds = 0.15
const reloadEveryMs = 20

const startPair = async (dir: string) => {
  const { log } = recordLog('silent')
  const portalDir = (await makeRing(dir, 'bank-portal')).dir
  const coreDir = (await makeRing(dir, 'core-banking')).dir
  const portalKeys = openKeyRing(portalDir, { reloadEveryMs })
  const portal = new Hono()
  servePublicKeys(portal, portalKeys, ['request'])
  const portalServer = await listen(portal, { host: '127.0.0.1', port: 0, log })

  const core = new Hono()
  core.onError((error, c) => answerProblem(c, toAppError(error, log)))
  const trust = trustPeers(
    'core-banking',
    openKeyRing(coreDir, { reloadEveryMs }),
    { 'bank-portal': `http://127.0.0.1:${portalServer.port}` },
    { cacheSeconds, cooldownSeconds: 0.05 },
  )
  serveCall(core, { trust, log }, readThing, async () => ({ ok: true as const }))
  const coreServer = await listen(core, { host: '127.0.0.1', port: 0, log })
  const clientWith = (keys: typeof portalKeys) =>
    createServiceClient({
      issuer: 'bank-portal',
      baseUrl: `http://127.0.0.1:${coreServer.port}`,
      keys,
      instance: 'test',
    })
  return {
    portalDir,
    coreDir,
    call: () => clientWith(portalKeys)(readThing, {}),
    /** Calls as somebody who kept a copy of the keys as they are now. */
    thief: () => {
      const stolen = openKeyRing(portalDir, { reloadEveryMs: 3_600_000 })
      return () => clientWith(stolen)(readThing, {})
    },
    close: async () => {
      await coreServer.close()
      await portalServer.close()
    },
  }
}

test('twenty rotations under fifty calls a second, and no call fails', async () => {
  using folder = temporaryFolder()
  const { portalDir, call, close } = await startPair(folder.dir)
  const failures: unknown[] = []
  const kids = new Set<string>()
  let calls = 0
  let rotating = true
  const load = async () => {
    const running: Promise<unknown>[] = []
    while (rotating) {
      calls += 1
      running.push(call().catch((error: unknown) => failures.push(error)))
      await sleep(20)
    }
    await Promise.all(running)
  }
  const underLoad = load()
  for (let rotation = 0; rotation < 20; rotation++) {
    kids.add(await makeKey(portalDir, 'request', new Date(Date.now() + 2 * cacheSeconds * 1000)))
    await sleep(3 * cacheSeconds * 1000)
    // Kept: the key that signs now, and the one before it, for four caches after that took over.
    for (const key of readKeyFolder(portalDir).keys.slice(2)) archiveKey(portalDir, key, new Date())
  }
  rotating = false
  await underLoad
  expect(failures).toEqual([])
  expect(kids.size).toBe(20)
  expect(calls).toBeGreaterThan(100)
  expect(readKeyFolder(portalDir).keys).toHaveLength(2)
  await close()
}, 60_000)

test('a key that was retired opens nothing once the peers’ cache has ended', async () => {
  using folder = temporaryFolder()
  const { portalDir, call, thief, close } = await startPair(folder.dir)
  const callAsThief = thief()
  const [old] = readKeyFolder(portalDir).keys
  await expect(callAsThief()).resolves.toEqual({ ok: true })
  await makeKey(portalDir, 'request')
  if (old) archiveKey(portalDir, old, new Date())
  await sleep(cacheSeconds * 1000 + 100)
  await expect(callAsThief()).rejects.toThrow(NoAnswer)
  await expect(call()).resolves.toEqual({ ok: true })
  await close()
})

test('a key that the callee denies opens nothing from then on', async () => {
  using folder = temporaryFolder()
  const { portalDir, coreDir, call, thief, close } = await startPair(folder.dir)
  const callAsThief = thief()
  await expect(callAsThief()).resolves.toEqual({ ok: true })
  denyKey(coreDir, readKeyFolder(portalDir).keys[0]?.kid ?? '')
  await makeKey(portalDir, 'request')
  await sleep(100)
  await expect(callAsThief()).rejects.toThrow('answered 401')
  await expect(call()).resolves.toEqual({ ok: true })
  await close()
})
