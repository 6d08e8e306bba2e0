import { Hono } from 'hono'
import { renderPage } from '#shared/web/index.ts'
import { memberOf } from '../guard.tsx'
import { staffViewOf } from '../layout.tsx'
import type { StaffDeps, StaffEnv } from '../staff-deps.ts'
import { DeskPage } from './desk.page.tsx'
import { readDesk } from './read-desk.ts'

export const deskRoutes = (deps: StaffDeps): Hono<StaffEnv> =>
  new Hono<StaffEnv>().get('/', async (c) => {
    const desk = await readDesk(deps, memberOf(c))
    return renderPage(c, <DeskPage view={staffViewOf(c, deps)} desk={desk} />)
  })
