import { defineTexts } from '#shared/texts.ts'

export const declineTexts = defineTexts({
  en: {
    way: 'Decline this claim',
    report: 'I don’t know this claim',
    title: 'Decline this claim',
    text: (payee: string) =>
      `${payee} is told that you decline and why. You can’t pay the claim here after that, unless the shop sends it again.`,
    reason: 'Why?',
    reasons: {
      'not-delivered': 'It was not delivered',
      returned: 'I returned the goods',
      'wrong-amount': 'The amount is wrong',
      'paid-otherwise': 'I have paid it in another way',
      'not-mine': 'It is not mine: I did not order this',
      other: 'Another reason',
    },
    notMineHint: 'The bank’s staff look into it too.',
    words: 'In your words',
    wordsHint: 'The shop reads this. Up to 200 characters; no account numbers, no passwords.',
    submit: 'Decline',
    cancel: 'Keep the claim',
    mistakes: {
      reason: 'Choose a reason',
      text: 'Write one line of up to 200 characters, without special characters',
    },
    done: (payee: string) => `Declined. ${payee} is told the reason.`,
    doneReport:
      'Declined and reported. The bank’s staff look into it; if you notice anything else that is not yours, please call us.',
    notPossible: {
      title: 'This claim can’t be declined now',
      paying: 'A payment of it is in progress. Wait for its result first.',
      settled: 'It is paid already. For the return of goods or a refund, please ask the shop.',
      expired: 'Its time limit has passed, so there is nothing to pay any more.',
      other: 'It is not open any more. There is nothing to pay.',
      toClaim: 'To the claim',
    },
  },
  ja: {
    way: 'このご請求を断る',
    report: '身に覚えのないご請求',
    title: 'ご請求のお断り',
    text: (payee: string) =>
      `お断りの理由は${payee}に通知されます。お断り後は、お店から再度請求されない限り、こちらでお支払いいただけません。`,
    reason: 'お断りの理由',
    reasons: {
      'not-delivered': '商品が届いていない',
      returned: '商品を返品した',
      'wrong-amount': '金額が違う',
      'paid-otherwise': '別の方法で支払い済み',
      'not-mine': '注文した覚えがない',
      other: 'その他の理由',
    },
    notMineHint: '当行の担当者も内容を確認いたします。',
    words: 'お店への連絡事項',
    wordsHint: 'お店に表示されます。200文字以内。口座番号やパスワードは入力しないでください。',
    submit: 'お断りする',
    cancel: 'お断りしない',
    mistakes: {
      reason: '理由を選択してください',
      text: '200文字以内の1行で、特殊な記号を使わずに入力してください',
    },
    done: (payee: string) => `お断りの手続きが完了しました。理由を${payee}に通知します。`,
    doneReport:
      'お断りと報告を受け付けました。当行の担当者が内容を確認いたします。ほかにも身に覚えのない内容がある場合は、お電話でご連絡ください。',
    notPossible: {
      title: 'このご請求は、現在お断りいただけません',
      paying: 'お支払いの手続き中です。結果が確定してからお手続きください。',
      settled: 'すでにお支払い済みです。返品や返金については、お店にお問い合わせください。',
      expired: 'お支払期限を過ぎているため、お支払いの必要はありません。',
      other: 'このご請求は終了しています。お支払いの必要はありません。',
      toClaim: 'ご請求の詳細へ',
    },
  },
})
