import { connect, type Socket } from 'node:net'

export interface Answer {
  status: number
  head: string
  bytes: number
}

interface Waiting {
  done(answer: Answer): void
  fail(error: Error): void
}

const endOfHead = Buffer.from('\r\n\r\n')
const endOfChunks = Buffer.from('0\r\n\r\n')

/** Where the first answer in these bytes ends; undefined while it is not whole. */
const findEnd = (bytes: Buffer): { head: string; end: number } | undefined => {
  const at = bytes.indexOf(endOfHead)
  if (at < 0) return undefined
  const head = bytes.toString('latin1', 0, at)
  const bodyAt = at + endOfHead.length
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length !== undefined) {
    const end = bodyAt + Number(length)
    return bytes.length >= end ? { head, end } : undefined
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return { head, end: bodyAt }
  // One request at a time, so that the last chunk is the last of what has come.
  const isWhole = bytes.length >= bodyAt + endOfChunks.length
  return isWhole && bytes.subarray(-endOfChunks.length).equals(endOfChunks)
    ? { head, end: bytes.length }
    : undefined
}

/** A kept-alive connection that sends ready-made bytes and reads as little as it can of the answer. */
export interface Connection {
  send(request: Buffer): Promise<Answer>
  close(): void
}

/**
 * The load shares the processors with what it measures: an HTTP client as browsers need it would take
 * a tenth of them. One request at a time.
 */
export const openConnection = async (port: number): Promise<Connection> => {
  const socket = await new Promise<Socket>((opened, fail) => {
    const one = connect({ port, host: '127.0.0.1', noDelay: true }, () => opened(one))
    one.once('error', fail)
  })
  let waiting: Waiting | undefined
  let received: Buffer = Buffer.alloc(0)
  const fail = (error: Error) => {
    waiting?.fail(error)
    waiting = undefined
  }
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the connection was closed')))
  socket.on('data', (bytes: Buffer) => {
    received = received.length === 0 ? bytes : Buffer.concat([received, bytes])
    const found = findEnd(received)
    if (!found) return
    const { head, end } = found
    received = received.subarray(end)
    const { done } = waiting ?? {}
    waiting = undefined
    done?.({ status: Number(head.slice(9, 12)), head, bytes: end })
  })
  return {
    send: (request) =>
      new Promise((done, failed) => {
        waiting = { done, fail: failed }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}
