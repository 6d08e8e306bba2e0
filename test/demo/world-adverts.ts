import { dateIn } from '#shared/dates.ts'
import { enterAdvert, type NewAdvert } from '../../claim-server/adverts/enter-advert.ts'
import type { Deps } from '../../claim-server/deps.ts'

type DemoAdvert = Omit<NewAdvert, 'showFrom' | 'showUntil'>

/** Two that fit what the demo's customers owe, one for the sea. */
const adverts: readonly DemoAdvert[] = [
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

/** Enters the demo world's adverts, shown from its first day on. */
export const enterAdverts = async (deps: Deps): Promise<void> => {
  const showFrom = dateIn(deps.config.TIME_ZONE, deps.clock.now())
  for (const advert of adverts)
    await enterAdvert(deps.db, deps, {
      ...advert,
      bank: deps.config.BANK_CODE,
      showFrom,
      showUntil: null,
    })
}
