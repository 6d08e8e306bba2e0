import { connect } from 'node:net'

export interface Poured {
  answer: string
  sentBytes: number
  closedByServer: boolean
}

export const mebibyte = Buffer.alloc(1024 * 1024, 'a')
const chunk = Buffer.concat([Buffer.from('100000\r\n'), mebibyte, Buffer.from('\r\n')])

/** Sends `mebibytes` of body as fast as the server takes them; what came back, and how much went out. */
export const pour = (
  port: number,
  mebibytes: number,
  sending: 'announced' | 'chunked',
): Promise<Poured> =>
  new Promise((resolve) => {
    let answer = ''
    let left = mebibytes
    const socket = connect(port, '127.0.0.1')
    const closed = (closedByServer: boolean) => {
      socket.destroy()
      resolve({ answer, sentBytes: socket.bytesWritten - socket.writableLength, closedByServer })
    }
    const length =
      sending === 'chunked'
        ? 'Transfer-Encoding: chunked'
        : `Content-Length: ${mebibytes * mebibyte.length}`
    socket.write(`POST /count HTTP/1.1\r\nHost: localhost\r\n${length}\r\n\r\n`)
    const send = () => {
      while (left > 0) {
        left -= 1
        if (!socket.write(sending === 'chunked' ? chunk : mebibyte)) return
      }
      if (sending === 'chunked') socket.write('0\r\n\r\n')
    }
    socket.on('drain', send)
    socket.on('data', (data) => {
      answer += String(data)
    })
    socket.on('error', () => closed(true))
    socket.on('end', () => closed(true))
    send()
  })
