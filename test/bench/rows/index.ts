import type { RowName } from '../arguments.ts'
import { coreRow } from './core.ts'
import { floorRow } from './floor.ts'
import { growthRow } from './growth.ts'
import { listRow } from './list.ts'
import { pagesRow } from './pages.ts'
import type { Row } from './row.ts'
import { settleRow, settleTenRow } from './settle.ts'
import { startRow } from './start.ts'

export const rows: Record<RowName, Row> = {
  settle: settleRow,
  'settle-10': settleTenRow,
  floor: floorRow,
  core: coreRow,
  list: listRow,
  growth: growthRow,
  start: startRow,
  pages: pagesRow,
}
