import { Hono } from 'hono'
import { readClaim } from '#shared/contracts/staff.ts'
import { AppError } from '#shared/errors.ts'
import { parseOrderNumber } from '#shared/order-number.ts'
import { isHtmx, renderPage, renderPart } from '#shared/web/index.ts'
import { memberOf } from '../guard.tsx'
import { staffViewOf } from '../layout.tsx'
import { claimPath } from '../names.tsx'
import { askClaimServer } from '../staff-client.ts'
import type { StaffDeps, StaffEnv } from '../staff-deps.ts'
import { StaffClaimPage } from './claim.page.tsx'
import { FoundClaimsPart, StaffClaimsPage } from './claims.page.tsx'
import { findClaims } from './find-claims.ts'
import { readSearch } from './read-search.ts'

/** Claim status: any claim of the bank, and all that happened to it. */
export const claimsRoutes = (deps: StaffDeps): Hono<StaffEnv> =>
  new Hono<StaffEnv>()
    .get('/', async (c) => {
      const search = readSearch(c.req.query(), c.var.language)
      const found = search.query && (await findClaims(deps, memberOf(c), search.query))
      const [only, ...others] = found?.claims ?? []
      const isWhole = search.typed.number && parseOrderNumber(search.typed.number)
      // A whole order number means that claim: nobody wants a list of one.
      if (only && others.length === 0 && isWhole && !isHtmx(c))
        return c.redirect(claimPath(only.orderNumber), 303)
      const page = { view: staffViewOf(c, deps), ...search, found }
      return renderPart(c, {
        part: <FoundClaimsPart {...page} />,
        page: () => <StaffClaimsPage {...page} />,
        status: Object.keys(search.mistakes).length > 0 ? 422 : 200,
      })
    })
    .get('/:orderNumber', async (c) => {
      const orderNumber = parseOrderNumber(c.req.param('orderNumber'))
      if (!orderNumber) throw new AppError('not-found')
      const found = await askClaimServer(deps, memberOf(c))(readClaim, { params: { orderNumber } })
      const isResent = c.req.query('resent') !== undefined
      return renderPage(
        c,
        <StaffClaimPage view={staffViewOf(c, deps)} {...found} isResent={isResent} />,
      )
    })
