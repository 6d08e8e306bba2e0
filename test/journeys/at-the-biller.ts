import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import type * as z from 'zod'
import { batchResult } from '#shared/contracts/billers.ts'
import { toJson } from '#shared/json.ts'
import { describeBiller } from '../../claim-server/billers/describe-biller.ts'
import { bankCompanies } from '../demo/bank-world.ts'
import { openShop } from '../support/shops.ts'
import type { Street } from './street.ts'

/** What is printed on a bill: whose it is at the biller, and what shows that it is theirs. */
export interface Supply {
  customerNumber: string
  secondFact: string
}

export interface Bill extends Supply {
  description: string
  yen: number
  timeLimit?: string
}

export interface Biller {
  name: string
  account: string
  mailAddress: string
  apiKey: string
  /** A batch as the biller's server sends it. */
  send(bills: readonly Bill[], batchRef?: string): Promise<z.output<typeof batchResult>>
  statusOf(orderNumber: string): Promise<string>
}

const { holder, accounts } = bankCompanies.water

/** The waterworks, opened by the bank: whoever gets their bills must link them first. */
export const openWaterworks = async ({ system }: Street): Promise<Biller> => {
  const [{ account }] = accounts
  const mailAddress = 'billing@minato-water.example'
  const { shopId, apiKey } = await openShop(system.claims.deps, {
    name: holder,
    kind: 'biller',
    mailAddress,
    phone: '0120-555-024',
    accounts: [{ account, holder }],
  })
  await describeBiller(system.claims.deps, {
    shopId,
    numberLabel: 'Supply number',
    numberLabelJa: '水栓番号',
    secondFactLabel: 'Postcode of the supply',
    secondFactLabelJa: 'ご使用場所の郵便番号',
  })
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  return {
    name: holder,
    account,
    mailAddress,
    apiKey,
    async send(bills, batchRef = randomUUID()) {
      const claims = bills.map(({ yen, ...bill }, at) => ({
        ...bill,
        category: 'water',
        shopOrderRef: `${batchRef}-${at}`,
        amount: { value: yen, currency: 'JPY' },
      }))
      const response = await fetch(`${system.urls.claims}/v1/claim-batches`, {
        method: 'POST',
        headers,
        body: toJson({ batchRef, claims }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`the batch was answered ${response.status}: ${text}`)
      return batchResult.parse(JSON.parse(text))
    },
    async statusOf(orderNumber) {
      const response = await fetch(`${system.urls.claims}/v1/orders/${orderNumber}`, { headers })
      return ((await response.json()) as { status: string }).status
    },
  }
}

/** Types what the bill says on the biller's page. */
export const linkBiller = async (
  page: Page,
  { portalUrl, name, supply }: { portalUrl: string; name: string; supply: Supply },
): Promise<void> => {
  await page.goto(`${portalUrl}/billers`)
  await page.getByRole('link', { name }).click()
  await page.getByLabel('Supply number').fill(supply.customerNumber)
  await page.getByLabel('Postcode of the supply').fill(supply.secondFact)
  await page.getByRole('button', { name: 'Link this biller' }).click()
}
