import { defineTexts } from '#shared/texts.ts'

export const accountsTexts = defineTexts({
  en: {
    title: 'Accounts',
    sub: (time: string) => `Balances of ${time}`,
    available: (amount: string) => `can be spent: ${amount}`,
    total: 'All accounts',
    toPay: 'Still to pay',
    left: 'Left when all is paid',
    empty: { title: 'No open account', text: 'Please call us to open one.' },
    isDefault: 'default',
    doesNotPay: 'does not pay claims',
    choose: 'Choose which accounts pay',
    saved: 'Your choices are saved.',
    hint: 'Only your own payments move money from these accounts. Claims wait until you confirm them.',
  },
  ja: {
    title: '口座',
    sub: (time: string) => `${time}現在の残高`,
    available: (amount: string) => `ご利用可能残高 ${amount}`,
    total: '残高合計',
    toPay: 'お支払い待ち',
    left: 'すべてお支払い後の残高',
    empty: {
      title: 'ご利用中の口座はありません',
      text: '口座の開設についてはお電話でお問い合わせください。',
    },
    isDefault: '優先',
    doesNotPay: 'お支払いに使わない',
    choose: 'お支払口座の登録・変更',
    saved: '設定を保存しました。',
    hint: 'お客さまが確定されたお支払い以外で、口座から引き落とされることはありません。',
  },
})
