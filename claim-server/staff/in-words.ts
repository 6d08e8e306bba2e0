/** What was asked for, in one line: "status expired, shop nagi". */
export const inWords = (
  query: Record<string, string | number | bigint | boolean | undefined>,
): string | null => {
  const { cursor: _cursor, limit: _limit, ...asked } = query
  const said = Object.entries(asked).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${String(value)}`],
  )
  return said.length === 0 ? null : said.join(', ')
}
