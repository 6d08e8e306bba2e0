import { describe, expect, test } from 'vitest'
import { claimServerCalls } from '#shared/contracts/claim-server.ts'
import { problems } from '#shared/errors.ts'
import { describeApi } from '#shared/openapi.ts'
import { shopApiComponents, shopApiPaths } from './shop-api.openapi.ts'

const description = describeApi({
  title: 'Claim server',
  calls: claimServerCalls,
  paths: shopApiPaths(),
  components: shopApiComponents(),
})
const text = JSON.stringify(description)

const at = (pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, name) => (value as Record<string, unknown> | undefined)?.[name],
      description,
    )

describe('the description of the shops’ API', () => {
  test('refers to nothing that it does not hold', () => {
    const references = [...text.matchAll(/"\$ref":"#([^"]+)"/g)].map(([, pointer]) => pointer ?? '')
    expect(references.length).toBeGreaterThan(10)
    for (const pointer of references) expect(at(pointer), pointer).toBeDefined()
    expect(text).not.toContain('$defs')
  })

  test('names problem types that exist', () => {
    const codes = [...text.matchAll(/\(\/problems\/([a-z-]+)\)/g)].map(([, code]) => code ?? '')
    expect(codes.length).toBeGreaterThan(10)
    for (const code of codes) expect(problems, code).toHaveProperty(code)
  })

  test('asks for a key on every operation', () => {
    for (const operations of Object.values(shopApiPaths()))
      for (const operation of Object.values(operations))
        expect(operation).toMatchObject({ security: [{ shopKey: [] }] })
  })
})
