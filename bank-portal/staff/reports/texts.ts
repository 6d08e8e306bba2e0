import { defineTexts } from '#shared/texts.ts'

export const reportsTexts = defineTexts({
  en: {
    title: 'Claims reported as not theirs',
    intro:
      'Customers declined these claims because they had ordered nothing. Several of one shop are a reason to look at that shop, and to suspend it.',
    none: { title: 'Nothing was reported', text: 'No customer declined a claim as not theirs.' },
    said: 'What the customer wrote',
    reportedAt: 'Reported',
  },
  ja: {
    title: '身に覚えのない請求の申し出',
    intro:
      'お客さまが、注文した覚えがないとしてお断りになった請求です。同じ加盟店への申し出が続く場合は、加盟店の確認と利用停止を検討してください。',
    none: {
      title: '申し出はありません',
      text: '身に覚えがないとしてお断りになった請求はありません。',
    },
    said: 'お客さまのコメント',
    reportedAt: '申し出日時',
  },
})
