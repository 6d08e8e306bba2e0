import { decodeJwt } from 'jose'

/** The payer that an instruction names, verified or not; undefined for what can't be read. */
export const payerOf = (instruction: string | undefined): string | undefined => {
  try {
    return decodeJwt<{ payer?: string }>(instruction ?? '').payer
  } catch {
    return undefined
  }
}
