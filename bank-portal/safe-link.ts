/** A shop's address as a link: only http and https lead anywhere; anything else is not shown. */
export const safeLink = (address: string | null): string | undefined => {
  const url = address === null ? null : URL.parse(address)
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined
}
