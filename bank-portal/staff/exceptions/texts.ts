import { defineTexts } from '#shared/texts.ts'

export const exceptionsTexts = defineTexts({
  en: {
    title: 'Exceptions',
    intro:
      'Core banking executed these payments, but their claims were not free any more. The money goes back the way it came.',
    filters: { open: 'Open cases', all: 'All cases' },
    noneOpen: { title: 'No case is open', text: 'Every payment found its claim.' },
    none: { title: 'There was no case yet', text: 'Every payment found its claim.' },
    columns: {
      kind: 'What happened',
      openedAt: 'Opened',
      state: 'State',
      open: 'open',
      closed: 'closed',
      refunded: 'paid back',
    },
    case: {
      title: (kind: string) => `Case: ${kind}`,
      back: 'All cases',
      facts: 'What was paid',
      paidFrom: 'Paid from',
      paidTo: 'Paid to',
      payment: 'Payment',
      openedAt: 'Opened',
      closedAt: 'Closed',
      explain: {
        'paid-late':
          'The claim’s time limit had passed, or the shop had taken it back, when the payment was executed.',
        'paid-twice': 'The claim was paid by another payment already.',
        'unknown-order': 'The claim server does not know an order of this number.',
        differs: 'Core banking executed something else than it was instructed to.',
      },
      closed: 'The money went back, and the case is closed.',
      toRefund: 'The refund',
    },
    refund: {
      title: 'Pay back',
      text: (amount: string) =>
        `${amount} go back from the shop’s account to the account that paid, free of charge. Two different approvers agree to exactly this, each by their own password.`,
      from: 'From',
      to: 'To',
      day: 'On',
      you: (name: string) => `${name} (you)`,
      holder: (name: string) => `${name}, `,
      first: 'First approver',
      second: 'Second approver',
      secondHint: 'Somebody else types their own id and password here, now.',
      submit: (amount: string) => `Pay back ${amount}`,
      onlyApprovers: {
        title: 'Two approvers pay this back',
        text: 'You are signed in as a clerk. An approver opens this case, and a second one agrees on the same form.',
      },
      noHolder: {
        title: 'This can’t be paid back from here',
        text: 'Core banking does not know one of the two accounts any more. Nothing was paid back.',
      },
      coreAway: {
        title: 'Core banking does not answer',
        text: 'The case can be read, but nothing can be paid back at the moment.',
      },
      mistakes: {
        password: 'Enter your password',
        secondId: 'Enter the id of the second approver',
        secondSelf: 'The second approval must come from somebody else',
        secondPassword: 'Enter the second approver’s password',
      },
      said: {
        'not-accepted': {
          title: 'The approval was not accepted',
          text: 'One of the passwords is wrong, or one of you is no approver. After five wrong ones that member’s approvals are locked for 30 minutes. Nothing was paid back.',
        },
        'content-stale': {
          title: 'Something has changed meanwhile',
          text: 'Please look at the refund again and agree to it as it stands now. Nothing was paid back.',
        },
        'authorisation-expired': {
          title: 'The approval was too old',
          text: 'It is good for five minutes. Please agree again. Nothing was paid back.',
        },
        'too-much': {
          title: 'There is nothing left to pay back',
          text: 'A refund of this payment is under way or was executed already. Nothing more was paid back.',
        },
        'other-content': {
          title: 'This form was used for something else',
          text: 'Open the case again. Nothing was paid back by this form.',
        },
        'not-possible': {
          title: 'Not possible at the moment',
          text: 'Core banking or the audit log did not answer. Nothing was paid back.',
        },
      },
    },
    status: {
      title: 'Refund',
      executed: 'Paid back',
      executedText: (at: string) => `Core banking executed the refund on ${at}.`,
      closes: 'The case closes by itself as soon as the claim server has the receipt.',
      refused: 'Not paid back',
      refusedText: (reason: string) =>
        `Core banking refused: ${reason}. No money was moved; the case is still open.`,
      shortBy: (amount: string) => `the shop’s balance is short by ${amount}`,
      voided: 'Not paid back',
      voidedText:
        'The refund came too late and was voided. No money was moved; the case is still open.',
      doubt: 'We are checking whether the refund was executed',
      doubtText:
        'The result appears here. Don’t repeat it elsewhere: what is under way can’t be paid back twice.',
      doubtNever:
        'If nothing appears within two minutes, the refund was never prepared; then open the case and try again.',
      toCase: 'To the case',
      refresh: 'Look again',
    },
  },
  ja: {
    title: '例外',
    intro:
      '勘定系で実行済みですが、対象の請求がすでに支払いを受けられない状態だった支払いです。同じ経路で返金します。',
    filters: { open: '未処理', all: 'すべて' },
    noneOpen: {
      title: '未処理の例外はありません',
      text: 'すべての支払いが請求に充当されています。',
    },
    none: { title: '例外はありません', text: 'すべての支払いが請求に充当されています。' },
    columns: {
      kind: '内容',
      openedAt: '登録日時',
      state: '状態',
      open: '未処理',
      closed: '処理済み',
      refunded: '返金済み',
    },
    case: {
      title: (kind: string) => `例外：${kind}`,
      back: '例外の一覧',
      facts: '支払いの内容',
      paidFrom: '出金口座',
      paidTo: '入金口座',
      payment: '支払い番号',
      openedAt: '登録日時',
      closedAt: '処理日時',
      explain: {
        'paid-late':
          '支払いの実行時に、請求の期限が過ぎていたか、加盟店が請求を取り消していました。',
        'paid-twice': '同じ請求が、別の支払いですでに支払われていました。',
        'unknown-order': '請求サーバーに、この番号の注文がありません。',
        differs: '勘定系が、指図と異なる内容を実行しました。',
      },
      closed: '返金が完了し、処理済みです。',
      toRefund: '返金の結果',
    },
    refund: {
      title: '返金',
      text: (amount: string) =>
        `${amount}を、加盟店の口座から支払元の口座へ手数料なしで返金します。異なる承認者2名が、それぞれ本人のパスワードでこの内容を承認します。`,
      from: '出金口座',
      to: '入金口座',
      day: '取扱日',
      you: (name: string) => `${name}（ご自身）`,
      holder: (name: string) => `${name}　`,
      first: '1人目の承認者',
      second: '2人目の承認者',
      secondHint: '別の承認者本人が、ここでIDとパスワードを入力します。',
      submit: (amount: string) => `${amount}を返金する`,
      onlyApprovers: {
        title: '返金には承認者2名が必要です',
        text: '担当者としてログインしています。承認者がこの画面を開き、もう1名の承認者が同じ画面で承認します。',
      },
      noHolder: {
        title: 'この画面からは返金できません',
        text: '勘定系に、いずれかの口座が見つかりません。返金は行われていません。',
      },
      coreAway: {
        title: '勘定系システムから応答がありません',
        text: '内容は参照できますが、現在は返金できません。',
      },
      mistakes: {
        password: 'ご自身のパスワードを入力してください',
        secondId: '2人目の承認者の行員IDを入力してください',
        secondSelf: '2人目の承認者は、ご自身以外でなければなりません',
        secondPassword: '2人目の承認者のパスワードを入力してください',
      },
      said: {
        'not-accepted': {
          title: '承認が受け付けられませんでした',
          text: 'いずれかのパスワードが違うか、承認者の権限がありません。5回続けて誤ると、その行員の承認は30分間ロックされます。返金は行われていません。',
        },
        'content-stale': {
          title: '内容が変わりました',
          text: '現在の内容を確認し、もう一度承認してください。返金は行われていません。',
        },
        'authorisation-expired': {
          title: '承認の有効時間が過ぎました',
          text: '承認は5分間有効です。もう一度承認してください。返金は行われていません。',
        },
        'too-much': {
          title: '返金できる残額がありません',
          text: 'この支払いの返金は、手続き中または実行済みです。追加の返金は行われていません。',
        },
        'other-content': {
          title: 'この画面は別の内容に使用されました',
          text: '例外の画面を開き直してください。この画面からの返金は行われていません。',
        },
        'not-possible': {
          title: 'ただいまご利用いただけません',
          text: '勘定系または監査ログから応答がありません。返金は行われていません。',
        },
      },
    },
    status: {
      title: '返金の結果',
      executed: '返金しました',
      executedText: (at: string) => `${at}に勘定系で実行されました。`,
      closes: '請求サーバーに受領証が届くと、自動的に処理済みになります。',
      refused: '返金できませんでした',
      refusedText: (reason: string) =>
        `勘定系で不成立となりました（${reason}）。資金の移動はなく、例外は未処理のままです。`,
      shortBy: (amount: string) => `加盟店の残高が${amount}不足`,
      voided: '返金できませんでした',
      voidedText:
        '提出期限を過ぎたため無効となりました。資金の移動はなく、例外は未処理のままです。',
      doubt: '返金の結果を確認しています',
      doubtText:
        '結果はこの画面に表示されます。別の画面でやり直さないでください。手続き中の返金が二重に実行されることはありません。',
      doubtNever:
        '2分を過ぎても結果が表示されない場合、返金は準備されていません。例外の画面からやり直してください。',
      toCase: '例外の画面へ',
      refresh: '最新の状態を見る',
    },
  },
})
