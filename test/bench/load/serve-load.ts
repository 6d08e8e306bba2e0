import { type Caller, runCallers } from './run-callers.ts'

export interface PreparedLoad {
  callers: Caller[]
  seconds: number
  end(): void
}

/** The load's side of `startLoad`: first the order, then the word to begin, since reading must not count. */
export const serveLoad = <Order extends object>(
  prepare: (order: Order) => Promise<PreparedLoad>,
): void => {
  let prepared: PreparedLoad | undefined
  const take = async (message: Order | 'begin'): Promise<unknown> => {
    if (message !== 'begin') {
      prepared = await prepare(message)
      return 'ready'
    }
    if (!prepared) throw new Error('nothing was ordered')
    const { callers, seconds, end } = prepared
    prepared = undefined
    try {
      return await runCallers(callers, seconds)
    } finally {
      end()
    }
  }
  process.on('message', (message: Order | 'begin') => {
    take(message).then(
      (answer) => process.send?.(answer),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.('ready')
}
