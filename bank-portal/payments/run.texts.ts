import { counted, defineTexts } from '#shared/texts.ts'

const claims = (count: number) => counted(count, 'claim', 'claims')
const accounts = (count: number) => counted(count, 'account', 'accounts')

/** Words of payments from several accounts, and of groups. */
export const runTexts = defineTexts({
  en: {
    together: (count: number, saved: string | undefined) =>
      `One transfer for ${claims(count)}${saved ? `, which saves ${saved}` : ''}`,
    split: 'Pay from several accounts',
    pays: (count: number, from: number) => `You pay ${claims(count)} from ${accounts(from)}`,
    eachByItself:
      'Each account pays by itself: all of its claims at once, or none. If one account can’t pay, the others still do.',
    from: (account: string) => `From ${account}`,
    agreeText:
      'You confirm once for everything above. What one account pays is paid at once, or nothing of it.',
    splitPage: {
      title: 'Pay from several accounts',
      sub: 'Choose for each claim which account pays it. You check everything once more.',
      account: (payee: string) => `Account that pays ${payee}`,
      choices: 'Claims',
      sums: 'What each account pays',
      count: (count: number) => claims(count),
      fee: 'Fee',
      total: 'Total',
      all: 'All together',
      after: 'Balance after',
      short: 'Short by',
      cannotPay: 'This account can’t pay these claims.',
      leftOut: 'Claims that can’t be paid any more are left out.',
      check: (amount: string) => `Check and pay ${amount}`,
      checkPlain: 'Check and pay',
      recalculate: 'Recalculate',
      back: 'Change claims',
    },
    status: {
      title: 'Payments',
      sub: (count: number) => `${counted(count, 'payment', 'payments')} of one confirmation`,
      paying: 'Your bank is executing the payments',
      payingText:
        'This takes a moment. You may leave this page: the results also appear in your list.',
      doubt: 'We are checking whether the payments were executed',
      doubtText:
        'Do not pay again: these claims stay reserved. The results appear here and in your list.',
      settled: 'Paid',
      settledText: (count: number) => `${claims(count)} paid. The shops are told.`,
      part: (paid: number, all: number) =>
        `${paid} of ${counted(all, 'payment', 'payments')} executed`,
      partText:
        'Each account pays by itself. What was not paid is open again in your list, and nothing was debited for it.',
      partPast:
        'Each account pays by itself. What became of the claims that were not paid is shown with the details of their payment.',
      exceptionText:
        'The bank executed a payment for a claim that was no longer open. Its details show whether a refund is being prepared or was made. You need not do anything.',
      none: 'Not paid',
      noneText: 'None of the payments was executed. Your claims are open again in your list.',
      nonePast:
        'None of the payments was executed, and none ever will be. What became of the claims is shown with the details of each payment.',
      again: 'Choose again what was not paid',
      details: 'Details of this payment',
      states: {
        paying: 'in progress',
        settled: 'paid',
        refused: 'not paid',
        voided: 'not paid',
        exception: 'received, claim no longer open',
      },
    },
  },
  ja: {
    together: (count: number, saved: string | undefined) =>
      `${count}件をまとめて1回で振込${saved ? `（${saved}の節約）` : ''}`,
    split: '複数の口座から支払う',
    pays: (count: number, from: number) => `${from}口座から${count}件のお支払い`,
    eachByItself:
      'お支払いは口座ごとに一括して行います。1つの口座で成立しない場合も、ほかの口座のお支払いは行われます。',
    from: (account: string) => `お支払口座：${account}`,
    agreeText:
      'すべてのお支払いを一度の入力で確定します。口座ごとに一括してお支払いし、一部だけが支払われることはありません。',
    splitPage: {
      title: '複数の口座から支払う',
      sub: 'ご請求ごとにお支払口座を選択してください。確定前にもう一度内容をご確認いただけます。',
      account: (payee: string) => `${payee}のお支払口座`,
      choices: 'ご請求',
      sums: '口座ごとのお支払い',
      count: (count: number) => `ご請求 ${count}件`,
      fee: '手数料',
      total: '合計',
      all: '全体の合計',
      after: 'お支払い後の残高',
      short: '不足額',
      cannotPay: 'この口座からはお支払いいただけません。',
      leftOut: 'お支払いいただけなくなったご請求は除外しました。',
      check: (amount: string) => `${amount}の確認へ進む`,
      checkPlain: '確認へ進む',
      recalculate: '再計算する',
      back: 'ご請求を選び直す',
    },
    status: {
      title: 'お支払い',
      sub: (count: number) => `一度の確定による${count}口座のお支払い`,
      paying: 'お支払いを実行しています',
      payingText: 'しばらくお待ちください。このページを閉じても、結果は一覧でご確認いただけます。',
      doubt: 'お支払いが実行されたかを確認しています',
      doubtText:
        'もう一度お支払いにならないでください。ご請求はこのお支払いのために確保されています。結果はこのページと一覧に表示されます。',
      settled: 'お支払いが完了しました',
      settledText: (count: number) => `${count}件のお支払いが完了し、お店に通知しました。`,
      part: (paid: number, all: number) => `${all}口座のうち${paid}口座のお支払いが完了しました`,
      partText:
        'お支払いは口座ごとに行われます。成立しなかったご請求はお支払い待ちに戻り、引き落としも行われていません。',
      partPast:
        'お支払いは口座ごとに行われます。成立しなかったご請求の現在の状況は、各お支払いの詳細でご確認ください。',
      exceptionText:
        'すでに終了していたご請求に対するお支払いがあります。返金の状況は、そのお支払いの詳細でご確認ください。お客さまのお手続きは不要です。',
      none: 'お支払いできませんでした',
      noneText: 'いずれのお支払いも行われていません。ご請求はお支払い待ちの一覧に戻りました。',
      nonePast:
        'いずれのお支払いも実行されておらず、今後実行されることもありません。ご請求の現在の状況は、各お支払いの詳細でご確認ください。',
      again: '成立しなかったご請求を選び直す',
      details: 'このお支払いの詳細',
      states: {
        paying: '手続き中',
        settled: 'お支払い済み',
        refused: '不成立',
        voided: '不成立',
        exception: '受付済み（ご請求は終了）',
      },
    },
  },
})
