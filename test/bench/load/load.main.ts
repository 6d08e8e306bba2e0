import { type Drive, drive } from './drive.ts'

export type Order = Omit<Drive, 'scripts'> & { scripts: string[][] }

let ordered: Drive | undefined

/** First the requests, then the word to begin: reading them must not count. */
process.on('message', (message: Order | 'begin') => {
  if (message !== 'begin') {
    const scripts = message.scripts.map((requests) => ({
      requests: requests.map((text) => Buffer.from(text)),
    }))
    ordered = { ...message, scripts }
    process.send?.('ready')
    return
  }
  if (!ordered) return
  drive(ordered).then(
    (driven) => process.send?.(driven),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
