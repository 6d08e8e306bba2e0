import { spentTokensTable } from '#shared/spent-tokens.ts'
import { claimServer } from './pg-schema.ts'

export const spentTokens = spentTokensTable(claimServer)
