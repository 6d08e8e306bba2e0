import { counted, defineTexts } from '#shared/texts.ts'

export const billersTexts = defineTexts({
  en: {
    title: 'Billers',
    sub: 'Link a biller, and its bills come to your list, where you pay them like any other claim.',
    linked: 'Linked',
    others: 'Not linked',
    isLinked: 'linked',
    linkedWith: (label: string, number: string) => `${label} ${number}`,
    link: 'Link',
    empty: { title: 'No billers yet', text: 'No biller sends its bills through this bank yet.' },
    unlinked: (name: string) => `The link to ${name} is ended. Claims on your list stay there.`,
    linkTitle: (name: string) => `Link ${name}`,
    linkText:
      'Both are printed on any of your bills. They show that the bills are yours; the biller is not told your accounts.',
    submit: 'Link this biller',
    cancel: 'Not now',
    mistakes: {
      empty: (label: string) => `${label}: enter it as printed on a bill`,
      long: (label: string) => `${label}: too long`,
    },
    notAccepted: {
      title: 'These do not match a bill',
      text: (triesLeft: number) =>
        `Check both against the same bill. ${
          triesLeft === 1 ? 'One try is left' : `${triesLeft} tries are left`
        }; after that, linking this biller is locked for a day.`,
    },
    elsewhere: {
      title: 'This number is linked by another customer',
      text: 'A number at a biller can be linked once. If it is yours, please call us.',
    },
    locked: {
      title: 'Linking is locked',
      text: (until: string) =>
        `Number and bill did not match five times. So that nobody reads a stranger’s bills, this biller can be linked again from ${until}.`,
      back: 'To the billers',
    },
    done: {
      title: 'Linked',
      text: (count: number) =>
        count === 0
          ? 'New bills will appear on your list. At the moment there is none.'
          : `${counted(count, 'bill is', 'bills are')} on your list now.`,
      toList: 'See the list',
    },
    since: 'Linked on',
    contact: { phone: 'Phone', mail: 'Mail', website: 'Website' },
    unlink: {
      title: 'End the link',
      text: 'No new bills will come to your list. Claims that are on it stay, and what you paid stays under Paid.',
      submit: 'End the link',
    },
  },
  ja: {
    title: '公共料金などの請求元',
    sub: '請求元を登録すると、請求書がお支払い待ち一覧に届き、ほかのご請求と同じようにお支払いいただけます。',
    linked: '登録済み',
    others: '未登録',
    isLinked: '登録済み',
    linkedWith: (label: string, number: string) => `${label} ${number}`,
    link: '登録する',
    empty: {
      title: '請求元はありません',
      text: '当行を通じて請求書をお届けする請求元は、まだありません。',
    },
    unlinked: (name: string) =>
      `${name}の登録を解除しました。一覧に届いているご請求はそのまま残ります。`,
    linkTitle: (name: string) => `${name}の登録`,
    linkText:
      'いずれもお手元の請求書に記載されています。ご本人の請求書であることの確認に使用し、口座の情報が請求元に伝わることはありません。',
    submit: 'この請求元を登録する',
    cancel: '今は登録しない',
    mistakes: {
      empty: (label: string) => `${label}を、請求書のとおりに入力してください`,
      long: (label: string) => `${label}の文字数が多すぎます`,
    },
    notAccepted: {
      title: '請求書の内容と一致しません',
      text: (triesLeft: number) =>
        `同じ請求書で両方の内容をご確認ください。あと${triesLeft}回誤ると、この請求元の登録が1日停止されます。`,
    },
    elsewhere: {
      title: 'この番号は別のお客さまが登録しています',
      text: '1つの番号を登録できるのはお一人です。お客さまご本人の番号の場合は、お電話でお問い合わせください。',
    },
    locked: {
      title: '登録の手続きを停止しています',
      text: (until: string) =>
        `入力内容が5回一致しませんでした。第三者に請求内容を見られないよう、この請求元の登録は${until}まで停止しています。`,
      back: '請求元の一覧へ',
    },
    done: {
      title: '登録が完了しました',
      text: (count: number) =>
        count === 0
          ? '新しい請求書が発行されると、お支払い待ち一覧に表示されます。現在、請求書はありません。'
          : `請求書${count}件がお支払い待ち一覧に届きました。`,
      toList: '一覧を見る',
    },
    since: '登録日',
    contact: { phone: '電話', mail: 'メール', website: 'ウェブサイト' },
    unlink: {
      title: '登録の解除',
      text: '新しい請求書は届かなくなります。一覧に届いているご請求と、お支払い済みの記録は残ります。',
      submit: '登録を解除する',
    },
  },
})
