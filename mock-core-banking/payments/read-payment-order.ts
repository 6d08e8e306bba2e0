import { type Authorisation, type Instruction, readDocument } from '#shared/contracts/documents.ts'
import { digestOf, faultsOf, type PaymentContent } from '#shared/contracts/payment-content.ts'
import { AppError } from '#shared/errors.ts'
import { TokenRefused } from '#shared/jws.ts'
import { recallAuthorisation } from '../credentials/own-authorisations.ts'
import type { Deps } from '../deps.ts'
import { ownTrust } from '../own-trust.ts'

/** What the three signatures agree on: what to pay, by whose instruction, by whose authorisation. */
export interface PaymentOrder {
  content: PaymentContent
  /** D, recomputed from the content. */
  digest: string
  payer: string
  groups: Instruction['groups']
  submitBefore: Date
  authorisation: Authorisation
}

const disagree = (detail: string) =>
  new AppError('invalid', { detail, errors: [{ pointer: '#/instruction', detail }] })

const contentOf = ({ claims, groups, ...instruction }: Instruction): PaymentContent => {
  const fees = groups.map(({ payeeAccount, feeMinor }) => ({ payeeAccount, feeMinor }))
  const [fault] = faultsOf({ claims, fees })
  if (fault) throw disagree(fault.message)
  return {
    kind: instruction.kind,
    paymentId: instruction.paymentId,
    day: instruction.day,
    payerAccount: instruction.payerAccount,
    claims,
    fees,
    currency: instruction.currency,
  }
}

const verify = async <T>(deps: Pick<Deps, 'log'>, reading: Promise<T>): Promise<T> => {
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof TokenRefused)) {
      deps.log.error('the keys of the claim server are not reachable')
      throw new AppError('unavailable', { headers: { 'retry-after': '2' }, cause: error })
    }
    deps.log.warn({ reason: error.message }, 'a document was refused')
    throw new AppError('unauthenticated')
  }
}

type ReadDeps = Pick<Deps, 'keys' | 'trust' | 'log'>

/** Reads authorisations, each once: the payments of one run, which bring the same, often come together. */
export const authorisationReader = (
  deps: ReadDeps,
): ((authorisation: string) => Promise<Authorisation>) => {
  const read = new Map<string, Promise<Authorisation>>()
  const readNew = async (token: string) =>
    recallAuthorisation(deps.keys, token) ??
    (await verify(deps, readDocument(ownTrust(deps.keys), 'authorisation', token))).content
  return (token) => {
    const reading = read.get(token) ?? readNew(token)
    read.set(token, reading)
    return reading
  }
}

/**
 * Verifies instruction and authorisation and recomputes D from the instruction. Throws
 * `unauthenticated` for a document that doesn't verify, `invalid` for an instruction that contradicts
 * itself or the address. Whether the authorisation covers it is decided, and stored, later.
 */
export const readPaymentOrder = async (
  deps: ReadDeps,
  input: { paymentId: string; instruction: string; authorisation: string },
  readAuthorisation: ReturnType<typeof authorisationReader>,
): Promise<PaymentOrder> => {
  const [{ content: instruction }, authorisation] = await Promise.all([
    verify(deps, readDocument(deps.trust, 'instruction', input.instruction)),
    readAuthorisation(input.authorisation),
  ])
  if (instruction.paymentId !== input.paymentId) throw disagree('of another payment')
  const content = contentOf(instruction)
  const digest = digestOf(content)
  if (digest !== instruction.digest) throw disagree('its digest is not of its content')
  if (new Set(instruction.groups.map((group) => group.transferId)).size !== content.fees.length)
    throw disagree('the same transfer id twice')
  return {
    content,
    digest,
    payer: instruction.payer,
    groups: instruction.groups,
    submitBefore: new Date(instruction.submitBefore * 1000),
    authorisation,
  }
}
