import { defineTexts } from '#shared/texts.ts'

/** Words that every page of the claim server shows. */
export const siteTexts = defineTexts({
  en: {
    name: 'Payment Reservation',
    mark: 'P',
    footer:
      'Payment Reservation passes a shop’s order on to your bank. It never asks for a password or an account number.',
  },
  ja: {
    name: 'お支払い予約',
    mark: '予',
    footer:
      'お支払い予約は、お店のご注文をお取引銀行へお取り次ぎするサービスです。この画面でパスワードや口座番号をお尋ねすることはありません。',
  },
})
