/** JSON text that is not taken: bad syntax, nested too deeply, or one key twice in an object. */
export class JsonRefused extends Error {
  /** Where, as a JSON pointer. */
  readonly pointer: string
  constructor(pointer: string, detail: string) {
    super(detail)
    this.name = 'JsonRefused'
    this.pointer = pointer
  }
}

const deepest = 32

interface Level {
  /** The keys seen in this object; undefined for an array. */
  keys: Set<string> | undefined
  key: string
  index: number
}

const pointerTo = (levels: readonly Level[]) =>
  ['#', ...levels.map(({ keys, key, index }) => (keys ? escaped(key) : String(index)))].join('/')

const escaped = (key: string) => shortened(key).replaceAll('~', '~0').replaceAll('/', '~1')

const shortened = (key: string) => (key.length > 60 ? `${key.slice(0, 60)}…` : key)

const isEscaped = (text: string, at: number): boolean => {
  let before = at - 1
  while (text[before] === '\\') before -= 1
  return (at - before) % 2 === 0
}

const endOfString = (text: string, begin: number): number => {
  let at = text.indexOf('"', begin + 1)
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1)
  return at
}

const noteKey = (levels: readonly Level[], level: Level, key: string) => {
  level.key = key
  if (level.keys?.has(key))
    throw new JsonRefused(pointerTo(levels), `the key "${shortened(key)}" is there twice`)
  level.keys?.add(key)
}

// Takes valid JSON; finds what JSON.parse keeps quiet about.
const scan = (text: string) => {
  const levels: Level[] = []
  let keyIsNext = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    const level = levels.at(-1)
    if (character === '"') {
      const end = endOfString(text, at)
      if (keyIsNext && level) noteKey(levels, level, JSON.parse(text.slice(at, end + 1)) as string)
      keyIsNext = false
      at = end
    } else if (character === '{' || character === '[') {
      if (levels.length === deepest)
        throw new JsonRefused('#', `the JSON is nested deeper than ${deepest} levels`)
      keyIsNext = character === '{'
      levels.push({ keys: keyIsNext ? new Set() : undefined, key: '', index: 0 })
    } else if (character === '}' || character === ']') {
      levels.pop()
      keyIsNext = false
    } else if (character === ',' && level) {
      keyIsNext = level.keys !== undefined
      level.index += 1
    }
  }
}

/**
 * The value of a JSON text; refuses a key that is twice in one object, where parsers differ in which
 * one counts, and nesting beyond 32 levels. Throws `JsonRefused`.
 */
export const parseStrictJson = (text: string): unknown => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new JsonRefused('#', 'the body is not valid JSON')
  }
  scan(text)
  return value
}
