import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createHttpSend } from './http-send.ts'

const serve = async (answer: RequestListener) => {
  const server = createServer(answer)
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/calls?of=one`)
  const send = createHttpSend()
  return (body?: string, timeoutMs = 10_000) =>
    send(url, { method: 'POST', headers: { authorization: 'Bearer x' }, body, timeoutMs })
}

test('a request arrives as it was sent, and its answer comes back whole', async () => {
  const send = await serve(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method, url, headers } = request
    response.writeHead(409)
    response.write(`${method} ${url} ${headers.authorization} ${headers['content-length']} `)
    response.end(Buffer.concat(chunks))
  })
  expect(await send('an order of shoes: 靴')).toEqual({
    status: 409,
    text: 'POST /calls?of=one Bearer x 22 an order of shoes: 靴',
  })
})

test('one connection serves the requests of one after the other', async () => {
  const ports = new Set<number | undefined>()
  const send = await serve((request, response) => {
    ports.add(request.socket.remotePort)
    response.end('well')
  })
  for (let at = 0; at < 3; at++) await send('one')
  expect(ports.size).toBe(1)
})

test('a redirect is an answer, and not followed', async () => {
  const send = await serve((_request, response) => {
    response.writeHead(302, { location: '/elsewhere' }).end()
  })
  expect(await send('one')).toEqual({ status: 302, text: '' })
})

test('an answer that breaks off is none', async () => {
  const send = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half of it', () => response.destroy())
  })
  await expect(send('one')).rejects.toThrow(/aborted|broke off/)
})

test('an answer that does not come, or not to its end, is not waited for', async () => {
  const silent = await serve(() => {})
  await expect(silent('one', 50)).rejects.toThrow('no answer within 50 ms')
  const slow = await serve((_request, response) => void response.write('half of it'))
  await expect(slow('one', 50)).rejects.toThrow('no answer within 50 ms')
})

test('a server that is not there is no answer', async () => {
  const send = createHttpSend()
  const url = new URL('http://127.0.0.1:1/')
  const request = { method: 'GET', headers: {}, body: undefined, timeoutMs: 1000 }
  await expect(send(url, request)).rejects.toThrow('ECONNREFUSED')
})
