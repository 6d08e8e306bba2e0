/**
 * ES256 gives every signature (r, s) a twin (r, n - s) that verifies as well. Ours carry the smaller
 * of the two, so that a token that is good once has one text.
 */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const half = order / 2n

const secondHalf = (signature: string) => {
  const bytes = Buffer.from(signature, 'base64url')
  return { bytes, s: BigInt(`0x${bytes.subarray(32).toString('hex') || '0'}`) }
}

/** Whether the base64url signature of 64 bytes carries the smaller s. */
export const isLowS = (signature: string): boolean => {
  const { bytes, s } = secondHalf(signature)
  return bytes.length === 64 && s <= half
}

/** The signature of the same message by the same key that carries the smaller s. */
export const toLowS = (signature: string): string => {
  const { bytes, s } = secondHalf(signature)
  return s <= half ? signature : withS(bytes, order - s)
}

/** The other of the two signatures, for tests of who refuses it. */
export const twinSignature = (signature: string): string => {
  const { bytes, s } = secondHalf(signature)
  return withS(bytes, order - s)
}

const withS = (bytes: Buffer, s: bigint) =>
  Buffer.concat([
    bytes.subarray(0, 32),
    Buffer.from(s.toString(16).padStart(64, '0'), 'hex'),
  ]).toString('base64url')
