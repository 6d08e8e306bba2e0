import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '../support/postgres-server.ts'
import { type Proxy, startProxy, type WireFault } from './proxy.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

const startReplica = async (answer: RequestListener): Promise<{ port: number; server: Server }> => {
  const server = createServer(answer)
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  open.push(server)
  return { port: (server.address() as AddressInfo).port, server }
}

const proxyTo = async (ports: number[], faults: WireFault[] = []): Promise<Proxy> => {
  const replicas = ports.map((port, at) => ({ name: `replica-${at}`, port }))
  const proxy = await startProxy('core-banking', replicas, { faults, isLive: () => true })
  open.unshift(proxy)
  return proxy
}

test('a request whose connection is refused goes to another replica', async () => {
  const { port } = await startReplica((_request, response) => response.end('here'))
  const { url } = await proxyTo([await freePort(), port])
  for (let at = 0; at < 4; at++) expect(await (await fetch(url)).text()).toBe('here')
})

test('a request that was sent is never sent again', async () => {
  let requests = 0
  const dying = await startReplica((request) => {
    requests++
    request.socket.destroy()
  })
  const { port } = await startReplica((_request, response) => {
    requests++
    response.end('here')
  })
  const { url } = await proxyTo([dying.port, port])
  const statuses = [(await fetch(url)).status, (await fetch(url)).status]
  expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 502])
  expect(requests).toBe(2)
})

test('a lost request does not arrive; a dropped answer is work that was done', async () => {
  let requests = 0
  const { port } = await startReplica((_request, response) => {
    requests++
    response.end('here')
  })
  const faults: WireFault[] = [{ onRequest: () => 'lose' }]
  const { url } = await proxyTo([port], faults)
  await expect(fetch(url)).rejects.toThrow('fetch failed')
  expect(requests).toBe(0)
  faults[0] = { onAnswer: () => 'drop' }
  await expect(fetch(url)).rejects.toThrow('fetch failed')
  expect(requests).toBe(1)
})

test('a service’s call is known by its contract', async () => {
  const { port } = await startReplica((_request, response) => response.end())
  const calls: (string | undefined)[] = []
  const { url } = await proxyTo([port], [{ onRequest: ({ call }) => void calls.push(call) }])
  const id = '01920000-0000-7000-8000-000000000000'
  await fetch(`${url}/payments/${id}`, { method: 'PUT' })
  await fetch(`${url}/payments/${id}/void`, { method: 'POST' })
  await fetch(`${url}/health/live`)
  expect(calls).toEqual(['executePayment', 'voidPayment', undefined])
})
