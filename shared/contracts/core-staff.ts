import * as z from 'zod'
import { defineCall } from './call.ts'
import { customerId, instant, lineOfText } from './fields.ts'

const portal = ['bank-portal'] as const
const callee = 'core-banking' as const
const password = z.string().min(1).max(200)

// Calls of the bank's staff carry `obo` = "staff:<staffId>". The core looks up that member's roles
// itself, and throws `forbidden` when they don't suffice.

export const staffRole = z.enum(['operator', 'clerk', 'approver'])
export type StaffRole = z.infer<typeof staffRole>

/** The roles that work in the portal, and are given there. */
export const deskRole = z.enum(['clerk', 'approver'])
export type DeskRole = z.infer<typeof deskRole>

/** As it is stored and typed: sign-in does not mind case or width. */
export const newStaffId = z
  .string()
  .transform((typed) => typed.normalize('NFKC').trim().toLowerCase())
  .pipe(z.string().regex(/^[a-z0-9][a-z0-9._-]{1,39}$/, 'use 2 to 40 letters, digits, . _ -'))

/** What a member chooses for themselves; long, as it stands alone. */
export const newStaffPassword = z.string().min(15, 'use at least 15 characters').max(200)

/** The agreement of a second approver, by their own password. */
export const approval = z.strictObject({ staffId: z.string().min(1).max(60), password })

export const bankStaffMember = z.object({
  staffId: z.string(),
  name: z.string(),
  roles: z.array(staffRole),
  passwordIsTemporary: z.boolean(),
  suspendedAt: instant.nullable(),
})
export type BankStaffMember = z.output<typeof bankStaffMember>

const memberParams = z.object({ staffId: z.string().min(1).max(60) })

/** Everybody who works at the bank. For approvers. */
export const listStaff = defineCall({
  name: 'listStaff',
  summary: 'List the bank’s staff',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff',
  changes: false,
  reply: z.object({ staff: z.array(bankStaffMember) }),
})

const notApproved = [
  /** To make somebody an approver, or to give an approver a new password, takes two approvers. */
  z.object({ outcome: z.literal('second-approval-needed') }),
  /** The second approval: wrong password, no approver, or one of the two who can't give it. */
  z.object({ outcome: z.literal('not-accepted') }),
] as const

/**
 * An approver takes somebody on, with a password that is shown once and good for choosing an own one.
 * A new approver needs the approval of a second one.
 */
export const addStaff = defineCall({
  name: 'addStaff',
  summary: 'Add a staff member',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff',
  changes: true,
  body: z.strictObject({
    staffId: newStaffId,
    name: lineOfText(80),
    roles: z.array(deskRole).min(1).max(2),
    secondApproval: approval.optional(),
  }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('added'), password: z.string() }),
    z.object({ outcome: z.literal('exists') }),
    ...notApproved,
  ]),
})

/** An approver changes what somebody else may do. Throws `not-found`; `forbidden` for oneself. */
export const changeStaffRoles = defineCall({
  name: 'changeStaffRoles',
  summary: 'Change a staff member’s roles',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/:staffId/roles',
  changes: true,
  params: memberParams,
  body: z.strictObject({
    roles: z.array(deskRole).min(1).max(2),
    secondApproval: approval.optional(),
  }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('changed') }),
    ...notApproved,
  ]),
})

/** An approver suspends somebody else, or takes them back. Throws `not-found`; `forbidden` for oneself. */
export const suspendStaff = defineCall({
  name: 'suspendStaff',
  summary: 'Suspend or reinstate a staff member',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/:staffId/suspension',
  changes: true,
  params: memberParams,
  body: z.strictObject({ suspended: z.boolean() }),
  reply: z.object({ suspended: z.boolean() }),
})

/** An approver gives somebody else a new password, shown once. Throws as `suspendStaff`. */
export const resetStaffPassword = defineCall({
  name: 'resetStaffPassword',
  summary: 'Give a staff member a new password',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/:staffId/password',
  changes: true,
  params: memberParams,
  body: z.strictObject({ secondApproval: approval.optional() }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('reset'), password: z.string() }),
    ...notApproved,
  ]),
})

/** A member chooses an own password, by the one they have. */
export const changeStaffPassword = defineCall({
  name: 'changeStaffPassword',
  summary: 'Change one’s own password',
  callee,
  callers: portal,
  method: 'POST',
  path: '/staff/own-password',
  changes: true,
  body: z.strictObject({ password, newPassword: newStaffPassword }),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('changed') }),
    /** The password they have is another, or tried too often. */
    z.object({ outcome: z.literal('not-accepted') }),
  ]),
})

/** A customer as staff find them, to see and lift the lock on their authorisation. */
export const foundCustomer = z.object({
  customerId,
  name: z.string(),
  nameJa: z.string().nullable(),
  /** Until when authorising is locked after five wrong passwords; null when it is not. */
  lockedUntil: instant.nullable(),
})
export type FoundCustomer = z.output<typeof foundCustomer>

/** Customers by id, user id, seven digits of an account, or part of their name; at most 20. */
export const searchCustomers = defineCall({
  name: 'searchCustomers',
  summary: 'Search customers',
  callee,
  callers: portal,
  method: 'GET',
  path: '/staff/customers',
  changes: false,
  query: z.object({ search: z.string().min(1).max(60) }),
  reply: z.object({ customers: z.array(foundCustomer) }),
})

/** Every call for the bank's staff that core banking answers. */
export const coreStaffCalls = [
  listStaff,
  addStaff,
  changeStaffRoles,
  suspendStaff,
  resetStaffPassword,
  changeStaffPassword,
  searchCustomers,
] as const
