/** Preloaded into a process whose clock is wrong: FAULTS_CLOCK_SKEW_SECONDS, ahead or behind. */
const skewMs = Number(process.env.FAULTS_CLOCK_SKEW_SECONDS ?? 0) * 1000
const RealDate = Date
const rightNow = RealDate.now.bind(RealDate)

globalThis.Date = class extends RealDate {
  constructor(...given: unknown[]) {
    super(...((given.length === 0 ? [rightNow() + skewMs] : given) as [number]))
  }
  static override now() {
    return rightNow() + skewMs
  }
} as DateConstructor
