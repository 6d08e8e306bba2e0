/** A place in the code, as a frame of a call stack tells it. */
export interface Frame {
  /** Path of the source file from the project's folder. */
  file: string
  functionName: string
}

/** Where each source file begins in a bundle: its lines in order, as the build wrote them down. */
export type SourceLines = readonly (readonly [line: number, file: string])[]

const fileAt = (sources: SourceLines, line: number): string => {
  let low = 0
  let high = sources.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sources[middle]?.[0] ?? 0) <= line) low = middle + 1
    else high = middle
  }
  return sources[low - 1]?.[1] ?? ''
}

const frameLine = /^\s+at (?:async )?(?:(\S+) (?:\[as [^\]]+\] )?\()?file:\/\/\S+?:(\d+):\d+\)?$/

// The bundler adds a number to a name that two files share.
const plainName = (name = '') => name.replace(/^.*\./, '').replace(/\d+$/, '')

/** The frames of our own code in a stack, innermost first; a bundle has one file and many sources. */
export const readFrames = (stack: string, sources: SourceLines): Frame[] =>
  stack.split('\n').flatMap((line) => {
    const [, name, at] = frameLine.exec(line) ?? []
    const file = at === undefined ? '' : fileAt(sources, Number(at))
    return file ? [{ file, functionName: plainName(name) }] : []
  })

// They carry a verb's work out and say nothing of which verb it is.
const carriers = [
  /^test\//,
  /^node_modules\//,
  /\/change-by-call\.ts$/,
  /\/batched-calls\.ts$/,
  /-client\.ts$/,
  /^shared\/database\.ts$/,
  /\/points\//,
]

const kebab = (name: string) =>
  name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^-/, '')

const baseName = (file: string) => file.replace(/^.*\//, '').replace(/\.tsx?$/, '')

/** The verb whose frame is innermost: its file's name, and the function's where a file has several. */
export const verbOf = (
  frames: readonly Frame[],
  { withFunction = false }: { withFunction?: boolean } = {},
): string => {
  const frame = frames.find(({ file }) => !carriers.some((carrier) => carrier.test(file)))
  if (!frame) return 'unknown'
  const base = baseName(frame.file)
  const inner = kebab(frame.functionName)
  return withFunction && inner && inner !== base ? `${base}.${inner}` : base
}
