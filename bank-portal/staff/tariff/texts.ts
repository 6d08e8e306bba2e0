import { defineTexts } from '#shared/texts.ts'

export const tariffTexts = defineTexts({
  en: {
    fees: {
      title: 'Fees',
      intro:
        'What a transfer to a payee costs the customer, by the relation of the two accounts and the amount.',
      holidays: 'Holidays',
      columns: { range: 'Amount of the transfer', fee: 'Fee', days: 'Counts' },
      range: (from: string, below: string | undefined) =>
        below === undefined ? `${from} and more` : `${from} to below ${below}`,
      days: (from: string, until: string | undefined) =>
        until === undefined ? `since ${from}` : `${from} to ${until}`,
      from: (day: string) => `from ${day}`,
      now: 'now',
      coming: 'coming',
      past: 'past',
      noFees: 'No fee is set: accounts in this relation can’t be paid.',
      change: 'Change',
      changeOf: (relation: string) => `Change the fees: ${relation}`,
      pastTitle: 'Earlier fees',
      pastOf: (relation: string) => `Earlier fees: ${relation}`,
      changed: {
        title: 'The fees are changed',
        text: 'Payments made before that day keep their price.',
      },
      onlyApprovers: 'Approvers change fees and holidays.',
    },
    change: {
      title: (relation: string) => `Fees: ${relation}`,
      text: 'The ranges begin at 0; each ends where the next begins. Empty lines don’t count.',
      validFrom: 'First day',
      validFromHint:
        'Today at the earliest; confirmations that show another fee are asked for again.',
      from: (row: number) => `Line ${row}: from`,
      fee: (row: number) => `Line ${row}: fee`,
      unit: 'yen',
      submit: 'Change the fees',
      mistakes: {
        validFrom: 'Enter the first day, today or later',
        from: (line: number) =>
          `Line ${line}: enter where it begins, in yen, or leave the line empty`,
        fee: (line: number) => `Line ${line}: enter the fee in yen, or leave the line empty`,
        zero: (line: number) => `Line ${line}: the first line must begin at 0`,
        order: (line: number) => `Line ${line}: it must begin above the line before it`,
        none: 'Fill in at least the first line',
      },
    },
    holidays: {
      title: 'Holidays',
      intro:
        'Days on which the bank is closed besides Saturdays and Sundays. A time limit on one moves to the next business day.',
      fees: 'Fees',
      date: 'Day',
      name: 'Name',
      nameJa: 'Name in Japanese',
      coming: 'Coming holidays',
      past: 'Past holidays',
      none: { title: 'No holiday is entered', text: 'Only Saturdays and Sundays count as closed.' },
      remove: 'Remove',
      removeOf: (name: string) => `Remove the holiday ${name}`,
      add: 'Add a holiday',
      addText:
        'Time limits of open claims on that day move at once; customers and shops see both days.',
      submit: 'Add',
      done: {
        added: { title: 'The holiday is added', text: 'Time limits on that day have moved.' },
        known: { title: 'That day is a holiday already', text: 'Nothing was changed.' },
        removed: {
          title: 'The holiday is removed',
          text: 'Limits that had moved off it stay where they are: their customers were told.',
        },
        gone: { title: 'That day is no holiday any more', text: 'Nothing was changed.' },
      },
      mistakes: {
        date: 'Enter a day, today or later',
        name: 'Write the name in one line',
        nameJa: 'Write the name in Japanese in one line',
      },
    },
  },
  ja: {
    fees: {
      title: '手数料',
      intro: 'お客さまが負担する振込手数料です。両口座の関係と振込金額で決まります。',
      holidays: '休業日',
      columns: { range: '振込金額', fee: '手数料', days: '適用期間' },
      range: (from: string, below: string | undefined) =>
        below === undefined ? `${from}以上` : `${from}以上 ${below}未満`,
      days: (from: string, until: string | undefined) =>
        until === undefined ? `${from}から` : `${from}〜${until}`,
      from: (day: string) => `${day}から`,
      now: '適用中',
      coming: '適用前',
      past: '終了',
      noFees: '手数料が登録されていないため、この関係の口座へは支払えません。',
      change: '変更する',
      changeOf: (relation: string) => `手数料を変更する：${relation}`,
      pastTitle: '過去の手数料',
      pastOf: (relation: string) => `過去の手数料：${relation}`,
      changed: {
        title: '手数料を変更しました',
        text: '適用開始日より前の支払いの手数料は変わりません。',
      },
      onlyApprovers: '手数料・休業日の変更は、承認者が行います。',
    },
    change: {
      title: (relation: string) => `手数料の変更：${relation}`,
      text: '最初の区分は0から始まり、各区分は次の区分の手前までです。空欄の行は無視されます。',
      validFrom: '適用開始日',
      validFromHint: '本日以降の日付。異なる手数料を表示中の確認画面は、再度確認を求めます。',
      from: (row: number) => `${row}行目：下限金額`,
      fee: (row: number) => `${row}行目：手数料`,
      unit: '円',
      submit: '手数料を変更する',
      mistakes: {
        validFrom: '適用開始日は本日以降の日付を入力してください',
        from: (line: number) =>
          `${line}行目：下限金額を円単位の数字で入力するか、行を空欄にしてください`,
        fee: (line: number) =>
          `${line}行目：手数料を円単位の数字で入力するか、行を空欄にしてください`,
        zero: (line: number) => `${line}行目：最初の行は0から始めてください`,
        order: (line: number) => `${line}行目：下限金額は、前の行より大きくしてください`,
        none: '少なくとも1行を入力してください',
      },
    },
    holidays: {
      title: '休業日',
      intro:
        '土曜日・日曜日以外の銀行休業日です。支払期限が休業日に当たる場合は、翌営業日に変更されます。',
      fees: '手数料',
      date: '日付',
      name: '名称（英語）',
      nameJa: '名称',
      coming: '今後の休業日',
      past: '過去の休業日',
      none: { title: '休業日は登録されていません', text: '土曜日・日曜日のみが休業日です。' },
      remove: '削除する',
      removeOf: (name: string) => `休業日「${name}」を削除する`,
      add: '休業日を追加する',
      addText:
        'その日を期限とする未払いの請求は、直ちに翌営業日に変更されます。変更前の期限も表示されます。',
      submit: '追加する',
      done: {
        added: {
          title: '休業日を追加しました',
          text: 'その日を期限とする請求の期限を変更しました。',
        },
        known: { title: 'すでに休業日として登録されています', text: '変更は行われていません。' },
        removed: {
          title: '休業日を削除しました',
          text: '変更済みの期限は、お客さまに通知済みのため元に戻しません。',
        },
        gone: { title: 'すでに休業日ではありません', text: '変更は行われていません。' },
      },
      mistakes: {
        date: '本日以降の日付を入力してください',
        name: '英語の名称を1行で入力してください',
        nameJa: '名称を1行で入力してください',
      },
    },
  },
})
