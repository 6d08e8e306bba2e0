import { type Connection, openConnection } from './connection.ts'
import { serveLoad } from './serve-load.ts'

/** Ready-made requests, one list for each connection. */
export interface RequestOrder {
  port: number
  scripts: string[][]
  seconds: number
  /** Begin again after the last. */
  repeat: boolean
  /** What a good answer is; any other ends the run. */
  status: number
}

const send = async (connection: Connection, request: Buffer, status: number): Promise<void> => {
  const answer = await connection.send(request)
  if (answer.status !== status)
    throw new Error(`an answer was not ${status}: ${answer.head.slice(0, 400)}`)
}

serveLoad<RequestOrder>(async ({ port, scripts, seconds, repeat, status }) => {
  const connections = await Promise.all(scripts.map(() => openConnection(port)))
  const callers = connections.map((connection, index) => {
    const requests = (scripts[index] ?? []).map((text) => Buffer.from(text))
    return (at: number) => {
      const request = requests[repeat ? at % requests.length : at]
      return request && send(connection, request, status)
    }
  })
  const end = () => {
    for (const connection of connections) connection.close()
  }
  return { callers, seconds, end }
})
