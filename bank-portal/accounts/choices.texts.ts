import { defineTexts } from '#shared/texts.ts'

export const choicesTexts = defineTexts({
  en: {
    title: 'Accounts that pay',
    sub: 'Choose what is offered when you pay a claim.',
    pay: 'Accounts',
    pays: 'Pay claims from',
    paysHint: 'Tick all, and accounts that you open later pay too.',
    balance: (amount: string) => `Balance ${amount}`,
    default: 'Default account',
    defaultHint: 'It is chosen first when you tick claims; you can change it for each payment.',
    cheapest: 'None',
    cheapestHint: 'The account with the lowest fee that can pay is chosen.',
    more: 'Mails and adverts',
    mailLanguage: 'Language of mails about your claims',
    languages: { en: 'English', ja: 'Japanese' },
    adverts: 'Show adverts',
    advertsHint:
      'One line below your list, chosen by what the claims are for. Advertisers never learn who saw it.',
    save: 'Save',
    cancel: 'Change nothing',
    mistakes: {
      'none-pays': 'Tick at least one account to pay from',
      'default-does-not-pay': 'The default must be one of the accounts you pay from',
    },
  },
  ja: {
    title: 'お支払口座の登録・変更',
    sub: 'ご請求のお支払いに使う口座などを設定します。',
    pay: '口座',
    pays: 'お支払いに使う口座',
    paysHint: 'すべて選択すると、今後開設する口座もお支払いにご利用いただけます。',
    balance: (amount: string) => `残高 ${amount}`,
    default: '優先するお支払口座',
    defaultHint: 'ご請求を選択すると、最初に表示されます。お支払いのたびに変更できます。',
    cheapest: '指定しない',
    cheapestHint: 'お支払いできる口座のうち、手数料が最も安いものを選びます。',
    more: 'メールと広告',
    mailLanguage: 'ご請求に関するメールの言語',
    languages: { en: '英語', ja: '日本語' },
    adverts: '広告を表示する',
    advertsHint:
      'お支払い待ち一覧の下に、ご請求の内容に関連する広告を1行表示します。誰が見たかが広告主に伝わることはありません。',
    save: '保存する',
    cancel: '変更しない',
    mistakes: {
      'none-pays': 'お支払いに使う口座を1つ以上選択してください',
      'default-does-not-pay': '優先する口座は、お支払いに使う口座から選択してください',
    },
  },
})
