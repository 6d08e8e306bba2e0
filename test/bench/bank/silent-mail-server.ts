import { createServer } from 'node:net'

export interface SilentMailServer {
  url: string
  close(): void
}

/**
 * A mail server that takes connections and does not greet: mails stay enqueued, as behind a slow one,
 * and their delivery takes no part in what is measured.
 */
export const startSilentMailServer = async (): Promise<SilentMailServer> => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.resume()
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  server.unref()
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `smtp://127.0.0.1:${port}`, close: () => server.close() }
}
