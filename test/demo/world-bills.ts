import { batchResult } from '#shared/contracts/billers.ts'
import { toJson } from '#shared/json.ts'
import type { PortalCustomer } from '../support/people.ts'

/** What is printed on a bill: the payer's number at the biller, and what shows that the bill is theirs. */
export interface PrintedOnBill {
  customerNumber: string
  secondFact: string
}

/** Supplies of the waterworks; Mei has not linked hers yet. */
export const supplies = {
  haruka: { customerNumber: '40-118', secondFact: '231-0002' },
  kenji: { customerNumber: '12-907', secondFact: '231-0045' },
  mei: { customerNumber: '23-551', secondFact: '231-0023' },
} as const satisfies Record<string, PrintedOnBill>

/** A biller's claim, sent in a batch of one; its order number. */
export const sendBill = async (
  claimsUrl: string,
  apiKey: string,
  bill: PrintedOnBill & {
    description: string
    category: string
    yen: number
    timeLimit?: string
  },
): Promise<string> => {
  const { yen, ...claim } = bill
  const batchRef = crypto.randomUUID()
  const claims = [{ ...claim, shopOrderRef: batchRef, amount: { value: yen, currency: 'JPY' } }]
  const response = await fetch(`${claimsUrl}/v1/claim-batches`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: toJson({ batchRef, claims }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`the batch was answered ${response.status}: ${text}`)
  const [result] = batchResult.parse(JSON.parse(text)).results
  if (result?.outcome !== 'received') throw new Error(`the bill was not received: ${text}`)
  return result.orderNumber
}

/** Links the waterworks by the portal's form; a customer who has linked them is left alone. */
export const linkWaterworks = async (
  { visitor, portalUrl }: PortalCustomer,
  { customerNumber, secondFact }: PrintedOnBill,
): Promise<void> => {
  const billers = await visitor.open(`${portalUrl}/billers`)
  const way = billers.root
    .querySelectorAll('a[href^="/billers/"]')
    .find((link) => /Minato Waterworks|港水道局/.test(link.text))
  const path = way?.getAttribute('href')
  if (!path) throw new Error(`the billers' page has no waterworks: ${billers.text.slice(0, 300)}`)
  const page = await visitor.open(portalUrl + path)
  if (page.root.querySelector('form[action$="/unlink"]')) return
  const linked = await visitor.submit(page, `form[action="${path}"]`, {
    customerNumber,
    secondFact,
  })
  if (!linked.url.includes('linked='))
    throw new Error(`linking the waterworks was answered ${linked.status}: ${linked.text}`)
}

/** Declines a claim by the portal's form. */
export const declineClaim = async (
  { visitor, portalUrl }: PortalCustomer,
  orderNumber: string,
  { reason, text }: { reason: string; text?: string },
): Promise<void> => {
  const page = await visitor.open(`${portalUrl}/claims/${orderNumber}/decline`)
  const declined = await visitor.submit(page, 'form[action$="/decline"]', {
    reason,
    ...(text ? { text } : {}),
  })
  if (!declined.url.includes('declined='))
    throw new Error(`declining ${orderNumber} was answered ${declined.status}: ${declined.text}`)
}
