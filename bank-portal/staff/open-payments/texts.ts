import { defineTexts } from '#shared/texts.ts'

export const openPaymentsTexts = defineTexts({
  en: {
    title: 'Payments in doubt',
    intro:
      'Confirmed by the customer, without a receipt of core banking yet. The claim server asks by itself; past the time of submission it has the payment voided, so that nothing hangs for ever.',
    none: {
      title: 'No payment is in doubt',
      text: 'Every payment that was confirmed has its receipt.',
    },
    again: 'Look again',
    submitBefore: 'To be submitted before',
    timesAsked: 'Asked',
    times: (count: number) => (count === 1 ? 'once' : `${count} times`),
    advice:
      'Tell the customer not to pay again: the claims stay reserved until the receipt is there.',
  },
  ja: {
    title: '結果確認中の支払い',
    intro:
      'お客さまが確定し、勘定系の受領証が届いていない支払いです。請求サーバーが自動で照会し、送信期限を過ぎた支払いは無効化するため、未確定のまま残ることはありません。',
    none: {
      title: '結果確認中の支払いはありません',
      text: '確定されたすべての支払いに、受領証が届いています。',
    },
    again: '最新の状態を見る',
    submitBefore: '送信期限',
    timesAsked: '照会',
    times: (count: number) => `${count}回`,
    advice:
      'お客さまには、再度お支払いにならないようご案内ください。受領証が届くまで、請求は確保されています。',
  },
})
