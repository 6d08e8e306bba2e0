import type { RowName } from '../arguments.ts'
import type { Row } from './row.ts'
import { settleRow, settleTenRow } from './settle.ts'

export const rows: Record<RowName, Row> = {
  settle: settleRow,
  'settle-10': settleTenRow,
}
