import { readdirSync, readFileSync } from 'node:fs'

/** Of a process's counters in /proc: 100 in a second, whatever the kernel's own tick is. */
const ticksInSecond = 100

interface Times {
  parent: number
  own: number
  /** Of children that have ended and were waited for. */
  ofEnded: number
}

const timesOf = (pid: number): Times | undefined => {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  } catch {
    return undefined // It has ended.
  }
  // The name before may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const field = (at: number) => Number(fields[at])
  return { parent: field(1), own: field(11) + field(12), ofEnded: field(13) + field(14) }
}

/** CPU seconds of a process since its start, all threads, user and system. */
export const cpuSecondsOf = (pid: number): number => (timesOf(pid)?.own ?? 0) / ticksInSecond

/** CPU seconds of those children of this process that have ended. */
export const endedChildrenCpuSeconds = (): number =>
  (timesOf(process.pid)?.ofEnded ?? 0) / ticksInSecond

/** CPU seconds of a process and of its children, those that have ended too. */
export const familyCpuSecondsOf = (pid: number): number => {
  const first = timesOf(pid)
  if (!first) return 0
  let ticks = first.own + first.ofEnded
  for (const entry of readdirSync('/proc')) {
    const times = /^\d+$/.test(entry) ? timesOf(Number(entry)) : undefined
    if (times?.parent === pid) ticks += times.own + times.ofEnded
  }
  return ticks / ticksInSecond
}

const megabytesIn = (pid: number, line: 'VmHWM' | 'VmRSS'): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  return Number(new RegExp(`^${line}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024
}

export const peakRssMbOf = (pid: number): number => megabytesIn(pid, 'VmHWM')
export const rssMbOf = (pid: number): number => megabytesIn(pid, 'VmRSS')
