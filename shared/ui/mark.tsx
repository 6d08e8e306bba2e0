const colours = 8

/** The same name has the same colour everywhere. */
const colourOf = (name: string): number => {
  let hash = 0
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return (hash % colours) + 1
}

const forms = /^(株式会社|有限会社|合同会社|（株）|\(株\)|the\s+|shop\s+|ショップ)\s*/i
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** The first letter that tells this payee from others: "Shop C Furniture" is C. */
export const initialOf = (name: string): string => {
  const rest = name.trim().replace(forms, '') || name
  // A plain letter before another or a blank is one: most names need no segmenter, ten times as dear.
  if (/^[\x21-\x7e](?=[\x20-\x7e]|$)/.test(rest)) return rest.charAt(0).toUpperCase()
  const [first] = graphemes.segment(rest)
  return (first?.segment ?? '?').toLocaleUpperCase()
}

export interface MarkProps {
  name: string
  initial?: string | undefined
}

/** A payee's letter on its colour; decoration beside the name. */
export const Mark = ({ name, initial }: MarkProps) => (
  <span class={`mark mark-${colourOf(name)}`} aria-hidden="true">
    {initial ?? initialOf(name)}
  </span>
)
