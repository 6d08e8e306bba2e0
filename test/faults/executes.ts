import { batchOf } from '#shared/contracts/batch.ts'
import { executePayment } from '#shared/contracts/core-banking.ts'
import type { Answer, Passing } from './proxy.ts'

/** One payment on its way to be executed. */
export interface Execute {
  paymentId: string
  instruction: string
  authorisation: string
}

type Documents = Omit<Execute, 'paymentId'>

const batch = batchOf(executePayment).name

export const isExecute = ({ call }: Passing): boolean =>
  call === executePayment.name || call === batch

/** The payments of a request that executes: one, or those that travel together. */
export const executesIn = ({ call, path, body }: Passing): Execute[] => {
  const read = JSON.parse(body.toString()) as unknown
  if (call !== batch) return [{ paymentId: path.split('/').at(-1) ?? '', ...(read as Documents) }]
  const { items } = read as { items: { params: { paymentId: string }; body: Documents }[] }
  return items.map((item) => ({ ...item.params, ...item.body }))
}

/** The receipts in its answer. */
export const receiptsIn = ({ call }: Passing, { status, body }: Answer): string[] => {
  if (status !== 200) return []
  const read = JSON.parse(body.toString()) as unknown
  if (call !== batch) return [(read as { receipt: string }).receipt]
  const { answers } = read as { answers: { reply?: { receipt: string } }[] }
  return answers.flatMap((one) => one.reply?.receipt ?? [])
}
