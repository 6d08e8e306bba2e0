import type { ChildProcess } from 'node:child_process'

const living = new Map<ChildProcess, () => void>()

/** A process that must not outlive the bench, whichever way that ends. */
export const own = (child: ChildProcess, end: () => void = () => child.kill('SIGKILL')): void => {
  living.set(child, end)
  child.once('exit', () => living.delete(child))
}

/** Ends those that are left: of a run that was stopped half-way. */
export const endChildren = async (): Promise<void> => {
  const ended = [...living].map(([child, end]) => {
    const exit = new Promise<void>((done) => child.once('exit', () => done()))
    end()
    return exit
  })
  await Promise.all(ended)
}
