import { createHash } from 'node:crypto'
import { newOrderNumber } from '#shared/order-number.ts'

/** The number by which people name a payment (P) or group (G), check character included: "G-3F8T-Q1ZD-H". */
export const numberOfId = (prefix: 'P' | 'G', id: string): string =>
  `${prefix}-${newOrderNumber((size) => createHash('sha256').update(id).digest().subarray(0, size))}`
