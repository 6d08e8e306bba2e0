/** A setting that is missing or bad, or a thing it names that can't be used: one line for a person. */
export class StartError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StartError'
  }
}
