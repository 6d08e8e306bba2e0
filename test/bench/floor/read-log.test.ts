import { expect, it } from 'vitest'
import { readStatements, toTransactions, withoutIdle } from './read-log.ts'

const log = [
  '@7@LOG:  statement: begin ',
  '@8@LOG:  execute <unnamed>: select 1',
  '\t  from numbers where name = $1 and other = $2;',
  "@8@DETAIL:  Parameters: $1 = 'it''s, $2 = ''x''', $2 = NULL",
  '@7@LOG:  execute abc: update numbers',
  "@7@DETAIL:  Parameters: $1 = '5'",
  '@9@LOG:  checkpoint starting: time',
  '@7@LOG:  execute abc: commit',
  '@8@LOG:  statement: select idle',
].join('\n')

it('statements are read with their parameters, over several lines, quotes and all', () => {
  const [, select, update] = readStatements(log)
  expect(select).toEqual({
    session: '8',
    text: 'select 1\n  from numbers where name = $1 and other = $2',
    parameters: ["it's, $2 = 'x'", null],
  })
  expect(update?.parameters).toEqual(['5'])
})

it('statements of one transaction stay together, whatever others do meanwhile', () => {
  const texts = toTransactions(readStatements(log)).map(({ isOpened, statements }) => [
    isOpened,
    ...statements.map(({ text }) => text.split('\n')[0]),
  ])
  expect(texts).toEqual([
    [true, 'update numbers'],
    [false, 'select 1'],
    [false, 'select idle'],
  ])
})

it('what the services ask for anyway is left out', () => {
  const left = withoutIdle(toTransactions(readStatements(log)), new Set(['select idle']))
  expect(left).toHaveLength(2)
})
