import { counted, defineTexts } from '#shared/texts.ts'

const claims = (count: number) => counted(count, 'claim', 'claims')

export const shortTexts = defineTexts({
  en: {
    title: (amount: string) => `The balance is short by ${amount}`,
    text: 'Nothing was paid, and nothing is held: all your claims are as before.',
    available: 'Available',
    needed: 'Needed, fees included',
    missing: 'Missing',
    others: 'From another account',
    othersText: 'These accounts can pay everything you chose.',
    use: (amount: string) => `balance after: ${amount}`,
    fewer: 'Choose fewer claims',
    later: 'You can also pay in money first: the claims wait until their time limit.',
    runTitle: (account: string, amount: string) => `${account} is short by ${amount}`,
    spread: 'Choose accounts again',
    part: (fits: number, all: number) => `The balance is enough for ${fits} of ${all} claims`,
    broke: (payee: string, description: string, amount: string) =>
      `In order of time limit, the first it can’t pay is ${payee}: ${description}, ${amount}.`,
    payPart: (count: number, amount: string) => `Check and pay ${claims(count)}, ${amount}`,
    split: 'Pay the rest from another account',
  },
  ja: {
    title: (amount: string) => `残高が${amount}不足しています`,
    text: 'お支払いは行われていません。ご請求は元のままです。',
    available: 'ご利用可能残高',
    needed: '必要額（手数料込み）',
    missing: '不足額',
    others: '別の口座から支払う',
    othersText: '次の口座なら、選択されたご請求をすべてお支払いいただけます。',
    use: (amount: string) => `お支払い後の残高 ${amount}`,
    fewer: 'ご請求を選び直す',
    later: 'ご入金後にお支払いいただくこともできます。ご請求は期限まで一覧に残ります。',
    runTitle: (account: string, amount: string) => `${account}の残高が${amount}不足しています`,
    spread: '口座を選び直す',
    part: (fits: number, all: number) => `${all}件のうち${fits}件はお支払いいただけます`,
    broke: (payee: string, description: string, amount: string) =>
      `期限が近い順に、${payee}「${description}」（${amount}）のお支払いで残高が不足します。`,
    payPart: (count: number, amount: string) => `${count}件（${amount}）の確認へ進む`,
    split: '残りを別の口座から支払う',
  },
})
