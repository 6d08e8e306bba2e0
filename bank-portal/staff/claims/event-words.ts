import { defineTexts, type Language } from '#shared/texts.ts'

const texts = defineTexts({
  en: {
    provisional: 'Order received from the shop',
    unsettled: 'Accepted by the customer',
    accepted: 'Accepted by the customer',
    ordered: 'Order received',
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
    reserved: 'Reserved, core banking instructed',
    executed: 'Executed',
    refused: 'Refused',
    voided: 'Voided',
    'receipt-verified': 'Receipt verified',
    'receipt-not-verified': 'Receipt does not verify',
    'exception-opened': 'Exception opened',
    'exception-closed': 'Exception closed',
    'order-received': 'Mail: order received',
    'claim-settled': 'Mail: settled',
    'limit-warning': 'Mail: warning of the time limit',
    'claim-expired': 'Mail: time limit passed',
    'claim-cancelled': 'Mail: cancelled',
    'claim-declined': 'Mail: declined',
    'claim-revived': 'Mail: revived',
    'new-claim': 'Mail: new claim',
    'paid-late': 'Mail: paid late',
    resend: 'Mail to be sent again',
  },
  ja: {
    provisional: '加盟店から注文を受信',
    unsettled: 'お客さまが受付',
    accepted: 'お客さまが受付',
    ordered: '注文を受信',
    paying: '支払いを確定、請求を確保',
    released: '支払い不成立、支払い待ちに戻る',
    settled: '支払い済み',
    expired: '期限切れ',
    cancelled: '取り消し',
    declined: 'お断り',
    abandoned: '受付なしで終了',
    revived: '加盟店が復活',
    refunded: '返金済み',
    warned: '期限のお知らせ',
    authorised: 'パスワードで同意',
    reserved: '請求を確保し、勘定系へ指図',
    executed: '振替実行',
    refused: '振替不能',
    voided: '取り消し（無効化）',
    'receipt-verified': '受領証を検証',
    'receipt-not-verified': '受領証を検証できません',
    'exception-opened': '例外を登録',
    'exception-closed': '例外を処理済みに変更',
    'order-received': 'メール：注文受付',
    'claim-settled': 'メール：支払い完了',
    'limit-warning': 'メール：期限のお知らせ',
    'claim-expired': 'メール：期限切れ',
    'claim-cancelled': 'メール：取り消し',
    'claim-declined': 'メール：お断り',
    'claim-revived': 'メール：復活',
    'new-claim': 'メール：新しい請求',
    'paid-late': 'メール：期限後の支払い',
    resend: 'メールを再送',
  },
})

type Event = keyof ReturnType<typeof texts>

/** What an event of history, core or mail is called; an unknown one by its own name. */
export const eventWords = (event: string, language: Language): string => {
  const words = texts(language)
  return event in words ? words[event as Event] : event.replaceAll('-', ' ')
}

export type EventTone = 'ok' | 'bad' | 'warn' | 'quiet'

const tones: Record<EventTone, readonly string[]> = {
  ok: ['settled', 'executed', 'receipt-verified', 'exception-closed', 'refunded'],
  bad: ['expired', 'refused', 'receipt-not-verified', 'exception-opened'],
  warn: ['paying', 'released', 'voided', 'reserved', 'warned'],
  quiet: [],
}

export const eventTone = (event: string): EventTone =>
  (Object.keys(tones) as EventTone[]).find((tone) => tones[tone].includes(event)) ?? 'quiet'
