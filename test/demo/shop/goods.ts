import type { Language } from '#shared/texts.ts'

export const shopSlugs = ['shop-a', 'shop-b', 'shop-c'] as const
export type ShopSlug = (typeof shopSlugs)[number]

type Words = Record<Language, string>

export interface Category {
  id: string
  name: Words
}

export interface Good {
  /** Also the name of its picture. */
  id: string
  shop: ShopSlug
  category: Category
  priceMinor: bigint
  name: Words
  about: Words
  /** Material, measures, care: one line each. */
  details: Record<Language, readonly string[]>
  /** In centimetres or letters; goods without sizes have none. */
  sizes: readonly string[]
}

const shoes: Category = { id: 'shoes', name: { en: 'Shoes', ja: '靴' } }
const boots: Category = { id: 'boots', name: { en: 'Boots', ja: 'ブーツ' } }
const home: Category = {
  id: 'home-and-care',
  name: { en: 'Home and care', ja: '室内履き・お手入れ' },
}
const hats: Category = { id: 'hats', name: { en: 'Hats', ja: '帽子' } }
const caps: Category = { id: 'caps', name: { en: 'Caps and berets', ja: 'ニット帽・ベレー帽' } }
const furniture: Category = { id: 'furniture', name: { en: 'Furniture', ja: '家具' } }
const comfort: Category = {
  id: 'light-and-comfort',
  name: { en: 'Light and comfort', ja: '照明・小物' },
}

const adultSizes = ['23', '24', '25', '26', '27']
const hatSizes = ['S', 'M', 'L']

/** Everything that the three shops sell, in the order of their shelves. */
export const goods: readonly Good[] = [
  {
    id: 'leather-walking-shoes',
    shop: 'shop-a',
    category: shoes,
    priceMinor: 3150n,
    name: { en: 'Leather walking shoes', ja: '革のウォーキングシューズ' },
    about: {
      en: 'A derby with a wide toe and a soft collar, for people who walk to the station and back. The leather darkens where you bend it and stays soft there.',
      ja: '駅までの道を毎日歩く方のための外羽根シューズです。つま先にゆとりがあり、履き口はやわらかく仕上げました。履くほどに革が足になじみ、色に深みが出ます。',
    },
    details: {
      en: [
        'Vegetable-tanned cowhide, cotton lining',
        'Rubber sole, can be replaced',
        'About 380 g a shoe',
      ],
      ja: [
        '甲革：植物タンニンなめし牛革、裏地：綿',
        '底：合成ゴム（張り替えできます）',
        '重さ：片足約380g',
      ],
    },
    sizes: adultSizes,
  },
  {
    id: 'canvas-sneakers',
    shop: 'shop-a',
    category: shoes,
    priceMinor: 2480n,
    name: { en: 'Canvas sneakers', ja: 'キャンバススニーカー' },
    about: {
      en: 'Sage canvas from Kurashiki on a vulcanised sole. They take a machine wash, and look better after a few.',
      ja: '倉敷の帆布を使った、セージグリーンのスニーカーです。洗濯機で洗え、洗うほどに風合いが増します。',
    },
    details: {
      en: ['Cotton canvas, No. 8', 'Vulcanised rubber sole', 'Machine wash, 30 °C'],
      ja: ['甲：綿帆布8号', '底：バルカナイズ製法ゴム底', '洗濯機可（30℃以下）'],
    },
    sizes: adultSizes,
  },
  {
    id: 'penny-loafers',
    shop: 'shop-a',
    category: shoes,
    priceMinor: 4620n,
    name: { en: 'Penny loafers', ja: 'コインローファー' },
    about: {
      en: 'Hand-sewn apron, dark cherry leather, and a strap with room for one ten-yen coin.',
      ja: 'モカ縫いを一針ずつ手で仕上げたローファーです。深いチェリー色の革に、十円玉が一枚入る切り込みを添えました。',
    },
    details: {
      en: [
        'Polished cowhide, leather lining',
        'Leather sole with a rubber tip',
        'Comes with a cotton bag',
      ],
      ja: ['甲革：ガラスレザー（牛革）、裏地：革', '底：革底（つま先ゴム補強）', '綿の収納袋付き'],
    },
    sizes: adultSizes,
  },
  {
    id: 'rain-boots',
    shop: 'shop-a',
    category: boots,
    priceMinor: 2980n,
    name: { en: 'Rain boots', ja: 'レインブーツ' },
    about: {
      en: 'Natural rubber, dipped in one piece, so there is no seam for the rain to find. Mustard yellow, easy to see on a grey morning.',
      ja: '天然ゴムを継ぎ目なく成型し、雨が入り込みません。曇りの朝にも目立つマスタードイエローです。',
    },
    details: {
      en: ['Natural rubber, cotton lining', 'Shaft 27 cm', 'Deep tread for wet stairs'],
      ja: ['天然ゴム、裏地：綿', '筒丈：27cm', 'ぬれた階段でも滑りにくい深い溝'],
    },
    sizes: ['23', '24', '25', '26'],
  },
  {
    id: 'felt-slippers',
    shop: 'shop-a',
    category: home,
    priceMinor: 1680n,
    name: { en: 'Wool felt slippers', ja: 'ウールフェルトのルームシューズ' },
    about: {
      en: 'Thick felt, bound by hand, with a sole that keeps quiet on wooden floors.',
      ja: '厚手のフェルトを手でかがった室内履きです。底はフローリングでも足音が響きません。',
    },
    details: {
      en: ['Wool felt 5 mm, suede sole', 'Hand wash'],
      ja: ['ウールフェルト5mm、底：スエード', '手洗い可'],
    },
    sizes: ['M', 'L'],
  },
  {
    id: 'shoe-care-set',
    shop: 'shop-a',
    category: home,
    priceMinor: 980n,
    name: { en: 'Shoe care set', ja: 'シューケアセット' },
    about: {
      en: 'A horsehair brush, a tin of neutral cream and a cotton cloth: ten minutes a month keep a pair for years.',
      ja: '馬毛ブラシ、無色の乳化性クリーム、綿のクロスの三点セットです。月に十分のお手入れで、靴は長くもちます。',
    },
    details: {
      en: ['Brush 18 cm, beech and horsehair', 'Cream 50 g, for smooth leather'],
      ja: ['ブラシ：18cm（ブナ材・馬毛）', 'クリーム：50g（スムースレザー用）'],
    },
    sizes: [],
  },
  {
    id: 'felt-hat',
    shop: 'shop-b',
    category: hats,
    priceMinor: 2100n,
    name: { en: 'Felt hat, navy', ja: 'フェルト中折れ帽・紺' },
    about: {
      en: 'A soft fedora that packs flat and finds its shape again over a kettle. Grosgrain band, tied by hand.',
      ja: 'たたんで持ち運べる、やわらかな中折れ帽です。湯気に当てれば形が戻ります。リボンは一つずつ手で結んでいます。',
    },
    details: {
      en: ['Wool felt, grosgrain band', 'Brim 6.5 cm'],
      ja: ['ウールフェルト、グログランリボン', 'つば：6.5cm'],
    },
    sizes: hatSizes,
  },
  {
    id: 'straw-hat',
    shop: 'shop-b',
    category: hats,
    priceMinor: 2650n,
    name: { en: 'Straw boater', ja: 'カンカン帽' },
    about: {
      en: 'Seven-strand wheat straw, sewn in a spiral and blocked hard. For river walks and graduation pictures.',
      ja: '麦わら七本編みを渦巻きに縫い上げ、かたく型入れしました。川べりの散歩にも、記念写真にも似合います。',
    },
    details: {
      en: ['Wheat straw, cotton ribbon', 'Brim 6 cm, height 9 cm'],
      ja: ['麦わら、綿リボン', 'つば：6cm、高さ：9cm'],
    },
    sizes: hatSizes,
  },
  {
    id: 'linen-bucket-hat',
    shop: 'shop-b',
    category: hats,
    priceMinor: 1760n,
    name: { en: 'Linen bucket hat', ja: 'リネンのバケットハット' },
    about: {
      en: 'Cool, crushable and stitched in rings, so the brim keeps its slope after every wash.',
      ja: '涼しく、丸めてもしわになりにくい帽子です。つばのステッチが、洗ったあとも形を保ちます。',
    },
    details: {
      en: ['Linen 100 %', 'Brim 7 cm', 'Hand wash'],
      ja: ['麻100%', 'つば：7cm', '手洗い可'],
    },
    sizes: hatSizes,
  },
  {
    id: 'knit-cap',
    shop: 'shop-b',
    category: caps,
    priceMinor: 1480n,
    name: { en: 'Knit cap', ja: 'ポンポン付きニット帽' },
    about: {
      en: 'Ribbed lambswool with a pompom that comes off for the wash.',
      ja: 'ラムウールのリブ編みです。ポンポンは取り外して洗えます。',
    },
    details: {
      en: ['Lambswool 80 %, nylon 20 %', 'One size, 54 to 60 cm'],
      ja: ['ラムウール80%、ナイロン20%', 'フリーサイズ（54～60cm）'],
    },
    sizes: [],
  },
  {
    id: 'wool-beret',
    shop: 'shop-b',
    category: caps,
    priceMinor: 1890n,
    name: { en: 'Wool beret', ja: 'ウールのベレー帽' },
    about: {
      en: 'Fulled in one piece, without a seam, in a green between moss and bottle.',
      ja: '縫い目のない一枚仕立てです。苔と瓶のあいだのような緑に染めました。',
    },
    details: {
      en: ['Wool 100 %, leather band', 'One size, 55 to 59 cm'],
      ja: ['毛100%、革の縁取り', 'フリーサイズ（55～59cm）'],
    },
    sizes: [],
  },
  {
    id: 'oak-side-table',
    shop: 'shop-c',
    category: furniture,
    priceMinor: 8400n,
    name: { en: 'Oak side table', ja: 'オークのサイドテーブル' },
    about: {
      en: 'Round top, four tapered legs, and a shelf for the book you are in the middle of. Finished in oil, so a ring from a cup can be sanded away.',
      ja: '丸い天板と先細の四本脚、読みかけの本を置く棚を備えました。オイル仕上げなので、輪じみもやすりで手直しできます。',
    },
    details: {
      en: ['Solid oak, oiled', 'Diameter 50 cm, height 48 cm', '6.8 kg, legs screw in'],
      ja: ['オーク無垢材、オイル仕上げ', '直径50cm、高さ48cm', '6.8kg（脚はねじ込み式）'],
    },
    sizes: [],
  },
  {
    id: 'three-legged-stool',
    shop: 'shop-c',
    category: furniture,
    priceMinor: 5200n,
    name: { en: 'Three-legged stool', ja: '三本脚のスツール' },
    about: {
      en: 'Stands firm on any floor, as three legs do. The seat is hollowed a little, by hand.',
      ja: '三本脚なので、どんな床でもがたつきません。座面は手彫りでわずかにくぼませています。',
    },
    details: {
      en: ['Solid oak, oiled', 'Seat 32 cm, height 45 cm'],
      ja: ['オーク無垢材、オイル仕上げ', '座面32cm、高さ45cm'],
    },
    sizes: [],
  },
  {
    id: 'dining-chair',
    shop: 'shop-c',
    category: furniture,
    priceMinor: 9800n,
    name: { en: 'Spindle-back chair', ja: 'スピンドルバックチェア' },
    about: {
      en: 'Six steam-bent spindles carry your back through a long dinner. Wool seat pad, blue-grey, held by ties.',
      ja: '曲げ木の六本スピンドルが、長い食事のあいだ背中を支えます。青みのあるグレーの座布団付きです。',
    },
    details: {
      en: ['Solid oak, oiled; wool pad', 'Width 46 cm, seat height 43 cm'],
      ja: ['オーク無垢材、オイル仕上げ／座布団：毛', '幅46cm、座面高43cm'],
    },
    sizes: [],
  },
  {
    id: 'oak-bookshelf',
    shop: 'shop-c',
    category: furniture,
    priceMinor: 12_600n,
    name: { en: 'Oak bookshelf', ja: 'オークの本棚' },
    about: {
      en: 'Four shelves, a back of tongue and groove, and feet that level themselves out on tatami.',
      ja: '四段の棚に、本実張りの背板を合わせました。畳の上でも水平に据えられる脚付きです。',
    },
    details: {
      en: ['Solid oak, oiled', '60 × 28 × 96 cm', 'Carries 20 kg a shelf'],
      ja: ['オーク無垢材、オイル仕上げ', '幅60×奥行28×高さ96cm', '耐荷重：一段20kg'],
    },
    sizes: [],
  },
  {
    id: 'reading-lamp',
    shop: 'shop-c',
    category: comfort,
    priceMinor: 6300n,
    name: { en: 'Reading lamp', ja: '読書灯' },
    about: {
      en: 'Brass arm, enamelled shade, oak foot. The light falls on the page and nowhere else.',
      ja: '真鍮のアームにほうろうのシェード、オークの台座。ページの上だけを照らします。',
    },
    details: {
      en: ['Brass, enamelled steel, oak', 'Reach 55 cm', 'E17, up to 40 W, bulb included'],
      ja: ['真鍮、ほうろう、オーク', 'アーム最長55cm', 'E17・40W以下（電球付き）'],
    },
    sizes: [],
  },
  {
    id: 'linen-cushion',
    shop: 'shop-c',
    category: comfort,
    priceMinor: 2200n,
    name: { en: 'Striped linen cushion', ja: '縞のリネンクッション' },
    about: {
      en: 'Washed linen, woven in stripes that go all the way through, filled with feathers.',
      ja: '先染めの縞を織り出した洗いざらしの麻に、フェザーを詰めました。',
    },
    details: {
      en: ['Linen cover with a zip, feather filling', '45 × 45 cm'],
      ja: ['カバー：麻（ファスナー付き）、中材：フェザー', '45×45cm'],
    },
    sizes: [],
  },
]

export const goodsOf = (shop: ShopSlug): Good[] => goods.filter((good) => good.shop === shop)

export const findGood = (shop: ShopSlug, id: string): Good | undefined =>
  goods.find((good) => good.shop === shop && good.id === id)

export const categoriesOf = (shop: ShopSlug): Category[] => [
  ...new Set(goodsOf(shop).map(({ category }) => category)),
]
