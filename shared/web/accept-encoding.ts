/** Whether a browser that sends this `accept-encoding` takes that encoding (RFC 9110 §12.5.3). */
export const acceptsEncoding = (header: string | undefined, encoding: 'br' | 'gzip'): boolean =>
  (header ?? '').split(',').some((one) => {
    const [coding = '', weight = ''] = one.split(';')
    return coding.trim().toLowerCase() === encoding && !/^\s*q=0(\.0*)?\s*$/i.test(weight)
  })
