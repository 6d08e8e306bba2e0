export { portal } from './pg-schema.ts'
export { sessions } from './sign-in/sessions.table.ts'
export { signInTries } from './sign-in/sign-in-tries.table.ts'
export { staffSessions } from './staff/sign-in/staff-sessions.table.ts'
