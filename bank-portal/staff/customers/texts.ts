import { defineTexts } from '#shared/texts.ts'

export const customersTexts = defineTexts({
  en: {
    title: 'Customers',
    intro:
      'Find a customer on the telephone, see their claims, and lift the lock that five wrong passwords put on paying.',
    search: 'Customer id, user id, account number or name',
    searchHint: 'An account by its seven digits or in full',
    go: 'Find',
    mistake: 'Enter at least two characters',
    none: { title: 'No customer matches', text: 'Check the spelling or the number.' },
    found: (count: number) => (count === 1 ? '1 customer' : `${count} customers`),
    most: 'Only the first 20 are shown: write more of the name.',
    lockedUntil: 'Paying is locked until',
    notLocked: 'Paying is not locked',
    unlock: 'Unlock',
    unlockOf: (name: string) => `Unlock paying for ${name}`,
    check:
      'Make sure that you speak with the customer before you unlock: ask for something that only they know.',
    claims: 'Claims of this customer',
    unlocked: { title: 'Paying is unlocked', text: 'The customer has five tries again.' },
    wasNot: { title: 'Paying was not locked', text: 'Nothing was changed.' },
  },
  ja: {
    title: 'お客さま',
    intro: 'お客さまを検索し、請求の照会や、パスワードの誤入力による支払いロックの解除を行います。',
    search: 'お客さま番号・ユーザーID・口座番号・お名前',
    searchHint: '口座番号は7桁または全桁で入力してください',
    go: '検索する',
    mistake: '2文字以上入力してください',
    none: { title: '該当するお客さまはいません', text: '入力内容を確認してください。' },
    found: (count: number) => `${count}名`,
    most: '先頭の20名のみ表示しています。条件を追加してください。',
    lockedUntil: '支払いロック中（解除予定）',
    notLocked: '支払いロックなし',
    unlock: 'ロックを解除する',
    unlockOf: (name: string) => `${name}の支払いロックを解除する`,
    check: 'ロックを解除する前に、必ずお客さま本人であることを確認してください。',
    claims: 'このお客さまの請求',
    unlocked: {
      title: '支払いロックを解除しました',
      text: 'パスワードをあと5回まで試すことができます。',
    },
    wasNot: { title: '支払いロックはかかっていません', text: '変更は行われていません。' },
  },
})
