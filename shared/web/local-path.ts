/**
 * The value if it is a path on this site, else the fallback. Whatever a browser could read as another
 * host ("//x", "/\x", a tab inside) is no path.
 */
export const localPath = (value: unknown, fallback = '/'): string => {
  if (typeof value !== 'string' || value.length > 2048) return fallback
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(value) || value.includes('\\')) return fallback
  const base = 'http://local.invalid'
  const url = URL.parse(value, base)
  // "/.//host" parses to the path "//host": reading the result again must not leave the site.
  if (url?.origin !== base || url.pathname.startsWith('//')) return fallback
  return `${url.pathname}${url.search}${url.hash}`
}
