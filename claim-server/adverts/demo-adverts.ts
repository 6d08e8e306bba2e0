import type { NewAdvert } from './enter-advert.ts'

type DemoAdvert = Omit<NewAdvert, 'showFrom' | 'showUntil'>

/** Three adverts to try the list with: two by category or related word, one for everybody. */
export const demoAdverts: readonly DemoAdvert[] = [
  {
    advertiser: 'Tama Leather',
    text: {
      en: 'Shoe care by Tama Leather: soles and heels in two days',
      ja: '靴の修理とお手入れは多摩レザーへ。かかと・靴底は二日で仕上げます',
    },
    url: 'https://tama-leather.example/care',
    categories: ['shoes', 'bags'],
    relatedWords: ['shoe', 'boot', 'leather', '靴', 'ブーツ', '革'],
  },
  {
    advertiser: 'Nagi Books',
    text: {
      en: 'Reading chairs and reading lamps: the autumn list of Nagi Books',
      ja: '読書の椅子とあかりを選ぶ。なぎ書房の秋の一覧',
    },
    url: 'https://nagi-books.example/autumn',
    categories: ['furniture', 'books', 'lighting'],
    relatedWords: ['chair', 'lamp', 'bookshelf', 'book', '椅子', '照明', '本棚'],
  },
  {
    advertiser: 'Harbour Line',
    text: {
      en: 'A day on the water: the Harbour Line ferries, every hour',
      ja: '海の上の一日。ハーバーライン定期船、毎時出航',
    },
    url: 'https://harbour-line.example',
    categories: ['travel', 'hats'],
    relatedWords: ['travel', 'summer', '旅行', '夏'],
  },
]
