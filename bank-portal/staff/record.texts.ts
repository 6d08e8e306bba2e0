import { defineTexts, type Language } from '#shared/texts.ts'

/** What stands in the rows of payments, mails and exceptions. */
export const recordTexts = defineTexts({
  en: {
    paymentStatuses: {
      paying: 'in doubt',
      executed: 'executed',
      settled: 'settled',
      refused: 'refused',
      voided: 'voided',
      exception: 'exception',
    },
    refusals: {
      'submitted-late': 'submitted too late',
      'not-authorised': 'not authorised',
      'already-paid': 'already paid',
      'insufficient-funds': 'balance too low',
      'account-closed': 'account closed',
      'payee-not-found': 'payee’s account not found',
    },
    noticeStatuses: { waiting: 'to be sent', delivered: 'delivered', failed: 'given up' },
    recipients: { shop: 'to the shop', customer: 'to the customer' },
    channels: { mail: 'mail', webhook: 'webhook' },
    exceptionKinds: {
      'paid-late': 'paid late',
      'paid-twice': 'paid twice',
      'unknown-order': 'order unknown',
      differs: 'other than instructed',
    },
    shopStatuses: { waiting: 'to approve', live: 'live', suspended: 'suspended' },
    shopKinds: { shop: 'shop', biller: 'biller' },
    relations: {
      'same-branch': 'Same branch',
      'same-bank': 'Same bank, other branch',
      affiliated: 'Affiliated bank',
      'other-bank': 'Other bank',
    },
  },
  ja: {
    paymentStatuses: {
      paying: '結果確認中',
      executed: '実行済み',
      settled: '支払い済み',
      refused: '不成立',
      voided: '無効',
      exception: '例外',
    },
    refusals: {
      'submitted-late': '提出期限切れ',
      'not-authorised': '承認なし',
      'already-paid': '支払い済み',
      'insufficient-funds': '残高不足',
      'account-closed': '口座解約済み',
      'payee-not-found': '入金先口座なし',
    },
    noticeStatuses: { waiting: '送信待ち', delivered: '配信済み', failed: '送信終了' },
    recipients: { shop: '加盟店あて', customer: 'お客さまあて' },
    channels: { mail: 'メール', webhook: 'Webhook' },
    exceptionKinds: {
      'paid-late': '期限後の支払い',
      'paid-twice': '二重の支払い',
      'unknown-order': '注文不明',
      differs: '指図との相違',
    },
    shopStatuses: { waiting: '承認待ち', live: '利用中', suspended: '停止中' },
    shopKinds: { shop: '加盟店', biller: '請求元' },
    relations: {
      'same-branch': '同一支店',
      'same-bank': '当行の他支店',
      affiliated: '提携行',
      'other-bank': '他行',
    },
  },
})

type Table = keyof ReturnType<typeof recordTexts>

/** The word for a value that another service names; an unknown one as it came. */
export const wordFor = (table: Table, value: string, language: Language): string => {
  const words: Record<string, string> = recordTexts(language)[table]
  return words[value] ?? value
}
