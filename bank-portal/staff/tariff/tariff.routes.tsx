import { type Context, Hono } from 'hono'
import { lineOfText } from '#shared/contracts/fields.ts'
import {
  addHoliday,
  listFees,
  listHolidays,
  removeHoliday,
  replaceFees,
} from '#shared/contracts/staff.ts'
import { dateIn, localDate } from '#shared/dates.ts'
import { AppError } from '#shared/errors.ts'
import { readFields, renderPage } from '#shared/web/index.ts'
import { memberOf, requireApprover } from '../guard.tsx'
import { staffViewOf } from '../layout.tsx'
import { type Form, hasMistakes, type Mistakes } from '../form.ts'
import { askClaimServer } from '../staff-client.ts'
import type { StaffDeps, StaffEnv } from '../staff-deps.ts'
import { ChangeFeesPage } from './change-fees.page.tsx'
import { FeesPage } from './fees.page.tsx'
import { feesIn, type FeeTable, type Relation, relations } from './group-fees.ts'
import { holidayActs, HolidaysPage, type HolidaysPageProps } from './holidays.page.tsx'
import { mostLines, readRanges } from './read-ranges.ts'
import { tariffTexts } from './texts.ts'

type Ctx = Context<StaffEnv>

const readRelation = (c: Ctx): Relation => {
  const relation = relations.find((one) => one === c.req.param('relation'))
  if (!relation) throw new AppError('not-found')
  return relation
}

/** The form begins with what counts now. */
const valuesOf = (table: FeeTable, relation: Relation): Form => {
  const lines = feesIn(table, relation, 'now').slice(0, mostLines)
  const values = lines.flatMap(({ fromAmountMinor, feeMinor }, at): [string, string][] => [
    [`from${at + 1}`, `${fromAmountMinor}`],
    [`fee${at + 1}`, `${feeMinor}`],
  ])
  return { validFrom: table.today, ...Object.fromEntries(values) }
}

const changeFees = async (deps: StaffDeps, c: Ctx): Promise<Response> => {
  const relation = readRelation(c)
  const form = await readFields(c)
  const today = dateIn(deps.config.timeZone, deps.clock.now())
  const read = readRanges(form, today, c.var.language)
  if (read.outcome === 'mistakes') {
    const { mistakes } = read
    const page = { view: staffViewOf(c, deps), relation, today, values: form, mistakes }
    return renderPage(c, <ChangeFeesPage {...page} />, 422)
  }
  const { validFrom, ranges } = read
  await askClaimServer(deps, memberOf(c))(replaceFees, {
    params: { relation },
    body: { validFrom, ranges },
  })
  return c.redirect('/staff/fees?changed', 303)
}

const findHolidayMistakes = (deps: StaffDeps, c: Ctx, form: Form): Mistakes => {
  const words = tariffTexts(c.var.language).holidays.mistakes
  const date = localDate.safeParse(form.date).data
  const isLine = (text: unknown) => lineOfText(60).safeParse(text).success
  return {
    ...(date && date >= dateIn(deps.config.timeZone, deps.clock.now()) ? {} : { date: words.date }),
    ...(isLine(form.name) ? {} : { name: words.name }),
    ...(isLine(form.nameJa) ? {} : { nameJa: words.nameJa }),
  }
}

const showHolidays = async (
  deps: StaffDeps,
  c: Ctx,
  said: Pick<HolidaysPageProps, 'done' | 'values' | 'mistakes'>,
  status: 200 | 422 = 200,
) => {
  const list = await askClaimServer(deps, memberOf(c))(listHolidays, {})
  return renderPage(c, <HolidaysPage view={staffViewOf(c, deps)} list={list} {...said} />, status)
}

const enterHoliday = async (deps: StaffDeps, c: Ctx): Promise<Response> => {
  const form = await readFields(c)
  const mistakes = findHolidayMistakes(deps, c, form)
  if (hasMistakes(mistakes)) return showHolidays(deps, c, { values: form, mistakes }, 422)
  const { date = '', name = '', nameJa = '' } = form
  const body = { date, name: name.trim(), nameJa: nameJa.trim() }
  const { added } = await askClaimServer(deps, memberOf(c))(addHoliday, { body })
  return c.redirect(`/staff/holidays?done=${added ? 'added' : 'known'}`, 303)
}

const dropHoliday = async (deps: StaffDeps, c: Ctx): Promise<Response> => {
  const date = localDate.safeParse(c.req.param('date')).data
  if (!date) throw new AppError('not-found')
  const { removed } = await askClaimServer(deps, memberOf(c))(removeHoliday, { params: { date } })
  return c.redirect(`/staff/holidays?done=${removed ? 'removed' : 'gone'}`, 303)
}

/** The fee table and the holidays: clerks read, approvers change. */
export const tariffRoutes = (deps: StaffDeps): Hono<StaffEnv> =>
  new Hono<StaffEnv>()
    .get('/fees', async (c) => {
      const table = await askClaimServer(deps, memberOf(c))(listFees, {})
      const isChanged = c.req.query('changed') !== undefined
      const page = { view: staffViewOf(c, deps), table, isChanged }
      return renderPage(c, <FeesPage {...page} />)
    })
    .get('/fees/:relation', requireApprover(deps), async (c) => {
      const relation = readRelation(c)
      const table = await askClaimServer(deps, memberOf(c))(listFees, {})
      const { today } = table
      const page = {
        view: staffViewOf(c, deps),
        relation,
        today,
        values: valuesOf(table, relation),
      }
      return renderPage(c, <ChangeFeesPage {...page} />)
    })
    .post('/fees/:relation', requireApprover(deps), (c) => changeFees(deps, c))
    .get('/holidays', (c) =>
      showHolidays(deps, c, { done: holidayActs.find((one) => one === c.req.query('done')) }),
    )
    .post('/holidays', requireApprover(deps), (c) => enterHoliday(deps, c))
    .post('/holidays/:date/remove', requireApprover(deps), (c) => dropHoliday(deps, c))
