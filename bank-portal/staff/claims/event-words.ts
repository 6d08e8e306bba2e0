import { defineTexts, type Language } from '#shared/texts.ts'

const texts = defineTexts({
  en: {
    provisional: 'Order received from the shop',
    unsettled: 'Accepted by the customer',
    paying: 'Payment confirmed, claim held',
    released: 'Payment not executed, claim open again',
    settled: 'Settled',
    expired: 'Time limit passed',
    cancelled: 'Cancelled',
    declined: 'Declined',
    abandoned: 'Never accepted',
    revived: 'Revived by the shop',
    refunded: 'Paid back',
    warned: 'Warned of the time limit',
    authorised: 'Agreed to with the password',
    executed: 'Executed',
    refused: 'Refused',
    voided: 'Voided',
    'paid-late': 'Paid late: exception opened',
    'paid-twice': 'Paid twice: exception opened',
    'unknown-order': 'Payment of an unknown order: exception opened',
    differs: 'Paid other than instructed: exception opened',
    'limit-moved': 'Time limit moved off a holiday',
  },
  ja: {
    provisional: '加盟店から注文を受信',
    unsettled: 'お客さまがお支払いを予約',
    paying: '支払いを確定、請求を確保',
    released: '支払い不成立、支払い待ちに戻る',
    settled: '支払い済み',
    expired: '期限切れ',
    cancelled: '取り消し',
    declined: 'お断り',
    abandoned: '予約なしで終了',
    revived: '加盟店が復活',
    refunded: '返金済み',
    warned: '期限のお知らせ',
    authorised: 'パスワードで同意',
    executed: '振替実行',
    refused: '振替不能',
    voided: '無効化',
    'paid-late': '期限後の支払いにより例外を登録',
    'paid-twice': '二重の支払いにより例外を登録',
    'unknown-order': '不明な注文への支払いにより例外を登録',
    differs: '指図と異なる支払いにより例外を登録',
    'limit-moved': '休業日のため期限を変更',
  },
})

const mailTexts = defineTexts({
  en: {
    'order-received': 'order received',
    'claim-settled': 'settled',
    'limit-warning': 'warning of the time limit',
    'claim-expired': 'time limit passed',
    'claim-cancelled': 'cancelled',
    'claim-declined': 'declined',
    'claim-revived': 'revived',
    'new-claim': 'new claim',
    'paid-late': 'paid late',
    'claim-refunded': 'paid back',
    'entry-link': 'link to an order',
    step: (mail: string, step: string) => `Mail “${mail}” ${step}`,
    steps: { written: 'written', delivered: 'delivered', failed: 'given up' },
  },
  ja: {
    'order-received': 'お支払い予約',
    'claim-settled': '支払い完了',
    'limit-warning': '期限のお知らせ',
    'claim-expired': '期限切れ',
    'claim-cancelled': '取り消し',
    'claim-declined': 'お断り',
    'claim-revived': '復活',
    'new-claim': '新しい請求',
    'paid-late': '期限後の支払い',
    'claim-refunded': '返金',
    'entry-link': '注文のリンク',
    step: (mail: string, step: string) => `メール「${mail}」${step}`,
    steps: { written: 'を作成', delivered: 'を配信', failed: 'の送信を終了' },
  },
})

const lookUp = (words: object, name: string): string | undefined => {
  const found: unknown = Object.hasOwn(words, name) ? words[name as keyof object] : undefined
  return typeof found === 'string' ? found : undefined
}

/** What a mail tells: "settled". */
export const mailWords = (event: string, language: Language): string =>
  lookUp(mailTexts(language), event) ?? event.replaceAll('-', ' ')

/** What an event of the timeline is called; an unknown one by its own name. */
export const eventWords = (event: string, language: Language): string => {
  const known = lookUp(texts(language), event)
  if (known !== undefined) return known
  const words = mailTexts(language)
  const [mail = '', step = ''] = event.split(' ')
  const stepWords = lookUp(words.steps, step)
  return stepWords === undefined
    ? event.replaceAll('-', ' ')
    : words.step(mailWords(mail, language), stepWords)
}

export type EventTone = 'ok' | 'bad' | 'warn' | 'quiet'

const tones: Record<EventTone, readonly string[]> = {
  ok: ['settled', 'executed', 'refunded'],
  bad: ['expired', 'refused', 'failed', 'paid-late', 'paid-twice', 'unknown-order', 'differs'],
  warn: ['paying', 'released', 'voided', 'warned'],
  quiet: [],
}

export const eventTone = (event: string): EventTone => {
  const last = event.split(' ').at(-1) ?? ''
  return (Object.keys(tones) as EventTone[]).find((tone) => tones[tone].includes(last)) ?? 'quiet'
}
