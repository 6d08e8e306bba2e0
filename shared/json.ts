const maxSafe = BigInt(Number.MAX_SAFE_INTEGER)

const bigintAsInteger = (_key: string, value: unknown) => {
  if (typeof value !== 'bigint') return value
  if (value > maxSafe || value < -maxSafe) throw new RangeError('an amount is beyond 2^53')
  return Number(value)
}

/** JSON text of a value; bigints become JSON integers (amounts stay below 2^53). */
export const toJson = (value: unknown): string => JSON.stringify(value, bigintAsInteger)

/** The plain JSON value that `toJson` would send, for libraries that serialise by themselves. */
export const toJsonValue = (value: unknown): unknown => JSON.parse(toJson(value))
