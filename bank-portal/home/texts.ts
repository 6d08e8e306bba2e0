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
    limitToday: (today: number, near: number) =>
      [
        today === 1
          ? 'One claim reaches its time limit today.'
          : `${today} claims reach their time limit today.`,
        ...(near === today
          ? []
          : [near === today + 1 ? 'One more is near it.' : `${near - today} more are near it.`]),
      ].join(' '),
    nearLimit: (count: number) =>
      count === 1
        ? 'One claim is near its time limit.'
        : `${count} claims are near their time limit.`,
    newClaims: (count: number) => (count === 1 ? 'One claim is new.' : `${count} claims are new.`),
    see: (count: number) => (count === 1 ? 'See it' : 'See them'),
    billers: 'Billers',
    billersText: 'Get bills for water, telephone and more on your list',
    choices: 'Accounts that pay',
    choicesText: 'Default account, language of mails, adverts',
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
    limitToday: (today: number, near: number) =>
      `本日が期限のご請求が${today}件あります。${
        near > today ? `ほかに期限が近いご請求が${near - today}件あります。` : ''
      }`,
    nearLimit: (count: number) => `期限が近いご請求が${count}件あります。`,
    newClaims: (count: number) => `新しいご請求が${count}件あります。`,
    see: (_count: number) => '確認する',
    billers: '公共料金など',
    billersText: '水道・電話などの請求書をお支払い待ち一覧に届けます',
    choices: 'お支払口座の登録・変更',
    choicesText: '優先する口座、メールの言語、広告の表示',
  },
})
