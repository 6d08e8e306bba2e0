/** 3 to 40 letters and digits of ASCII, with dots, dashes and underscores inside. */
export const isSignInId = (text: string): boolean =>
  /^[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]$/.test(text)
