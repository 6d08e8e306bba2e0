import { spentTokensTable } from '#shared/spent-tokens.ts'
import { coreBanking } from './pg-schema.ts'

export const spentTokens = spentTokensTable(coreBanking)
