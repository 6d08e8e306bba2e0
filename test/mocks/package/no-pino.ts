const nothing = () => {}

/** What the mocks log with, once packed: nothing. */
export const pino = () => ({ error: nothing, warn: nothing, info: nothing, debug: nothing })
