import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Mocks } from '../mocks/index.ts'
import { allCases } from './all-cases.ts'
import { differences, type Ran } from './compare.ts'
import { openMocks } from './open-mocks.ts'
import { runCase } from './run-case.ts'

const cases = allCases.filter((one) => /^(accounts|sign-in|entry and acceptance):/.test(one.name))

/** What mocks answer, changed before the first case; cases that fail are left out. */
const runOn = async (change?: (mocks: Mocks) => void): Promise<Ran> => {
  const side = await openMocks(change)
  const ran: Ran = new Map()
  for (const one of cases) await runCase(side, one, { ran }).catch(() => undefined)
  return ran
}

describe('the contract suite', () => {
  let right: Ran
  beforeAll(async () => {
    right = await runOn()
  })
  afterAll(() => right.clear())

  it('finds no difference between two runs, though ids, keys and instants are others', async () => {
    expect(right.size).toBe(cases.length)
    expect(differences(right, await runOn())).toEqual([])
  })

  it('finds an answer that no expectation of a case looks at', async () => {
    const bent = await runOn((mocks) => {
      const account = mocks.core.accounts.get('0901-101-1-0014471')
      if (account) account.branchName = 'Elsewhere'
    })
    expect(bent.size).toBe(cases.length)
    expect(differences(right, bent)).toEqual([expect.stringContaining('Elsewhere')])
  })

  it('finds a case that failed on one side', async () => {
    const bent = await runOn((mocks) => {
      mocks.core.customers.splice(0)
    })
    const found = differences(right, bent)
    expect(found).toContainEqual(expect.stringMatching(/: ran on one side alone$/))
    expect(found[0]).toBe(`${right.size} cases against ${bent.size}`)
  })

  it('finds a refusal for another reason, and a call more or less', () => {
    const refused = (code: string) => ({ call: 'x', refused: { code, pointers: [] } })
    const one: Ran = new Map([['a rule', [refused('not-found')]]])
    const other: Ran = new Map([['a rule', [refused('invalid')]]])
    const more: Ran = new Map([['a rule', [refused('not-found'), refused('not-found')]]])
    expect(differences(one, other)).toHaveLength(1)
    expect(differences(one, more)).toEqual([expect.stringContaining('answer 2 is undefined')])
    expect(differences(one, new Map())).toHaveLength(2)
  })
})
