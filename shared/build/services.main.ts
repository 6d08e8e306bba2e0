import type { ServiceName } from '../database.ts'
import { writeBundles } from './write-bundles.ts'

await writeBundles<ServiceName>({
  'claim-server': 'claim-server/main.ts',
  'bank-portal': 'bank-portal/main.ts',
  'mock-core-banking': 'mock-core-banking/main.ts',
})
