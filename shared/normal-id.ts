/**
 * An id that people type, as it is stored, looked up and counted against too many tries: case, full-width
 * letters and blanks around it don't matter. Whoever reads one differently counts tries apart.
 */
export const normalId = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase()
