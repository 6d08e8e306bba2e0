import { counted, defineTexts } from '#shared/texts.ts'

export const homeTexts = defineTexts({
  en: {
    title: (name: string) => `Good day, ${name}`,
    windowTitle: 'Home',
    toPay: 'To pay',
    toPaySum: (count: number) => `${counted(count, 'claim', 'claims')} to pay`,
    next: 'Next time limits',
    all: 'See all and pay',
    nothing: 'Nothing to pay at the moment.',
    paid: 'Paid',
    paidText: 'What you paid, with records to print',
    accounts: 'Accounts',
    accountsText: 'Balances of your accounts',
    balance: 'All accounts together',
    menu: 'Payments',
    away: 'Balances can’t be shown at the moment.',
    inProgress: (count: number) =>
      count === 1
        ? 'One payment is in progress. Its claims stay reserved until the result is known.'
        : `${count} claims are being paid. They stay reserved until the result is known.`,
    newClaims: (count: number) =>
      count === 1
        ? 'One claim is new since your last visit.'
        : `${count} claims are new since your last visit.`,
  },
  ja: {
    title: (name: string) => name,
    windowTitle: 'ホーム',
    toPay: 'お支払い待ち',
    toPaySum: (count: number) => `お支払い待ち ${count}件`,
    next: '期限が近いご請求',
    all: 'すべて確認して支払う',
    nothing: '現在、お支払い待ちのご請求はありません。',
    paid: 'お支払い済み',
    paidText: 'これまでのお支払いと明細の印刷',
    accounts: '口座',
    accountsText: 'お持ちの口座の残高',
    balance: '全口座の残高合計',
    menu: 'お支払いメニュー',
    away: 'ただいま残高を表示できません。',
    inProgress: (count: number) =>
      `お支払い手続き中のご請求が${count}件あります。結果が確定するまで、ほかのお支払いには使用できません。`,
    newClaims: (count: number) => `前回のご利用以降、新しいご請求が${count}件あります。`,
  },
})
