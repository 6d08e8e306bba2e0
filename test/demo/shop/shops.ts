import { readFileSync, statSync } from 'node:fs'
import * as z from 'zod'
import type { Log } from '#shared/log.ts'
import type { Language } from '#shared/texts.ts'
import { type ShopSlug, shopSlugs } from './goods.ts'

export interface Shop {
  slug: ShopSlug
  name: Record<Language, string>
  /** Of the claim server; without it this shop can't take payment reservations. */
  apiKey: string | undefined
  motto: Record<Language, string>
  address: Record<Language, string>
  phone: string
  mail: string
  /** The good that the shop's front page leads with. */
  featured: string
}

const shopsByDefault: Record<ShopSlug, Omit<Shop, 'slug' | 'apiKey'>> = {
  'shop-a': {
    name: { en: 'Shop A Shoes', ja: 'A靴店' },
    motto: { en: 'Shoes for walking, made in Asakusa.', ja: '浅草でつくる、歩くための靴。' },
    address: {
      en: '2-14-6 Imado, Taito-ku, Tokyo 111-0024',
      ja: '〒111-0024 東京都台東区今戸2-14-6',
    },
    phone: '03-5550-0101',
    mail: 'help@shop-a.example',
    featured: 'leather-walking-shoes',
  },
  'shop-b': {
    name: { en: 'Shop B Hats', ja: 'B帽子店' },
    motto: {
      en: 'A hat for every weather, from Kobe.',
      ja: '神戸から、どんな空にも似合う帽子を。',
    },
    address: {
      en: '3-7-1 Motomachi-dori, Chuo-ku, Kobe 650-0022',
      ja: '〒650-0022 兵庫県神戸市中央区元町通3-7-1',
    },
    phone: '078-555-0202',
    mail: 'help@shop-b.example',
    featured: 'felt-hat',
  },
  'shop-c': {
    name: { en: 'Shop C Furniture', ja: 'C家具店' },
    motto: { en: 'Oak furniture from the Hida valleys.', ja: '飛騨の谷から、オークの家具を。' },
    address: {
      en: '1-52 Kami-Ninomachi, Takayama, Gifu 506-0845',
      ja: '〒506-0845 岐阜県高山市上二之町1-52',
    },
    phone: '0577-55-0303',
    mail: 'help@shop-c.example',
    featured: 'oak-side-table',
  },
}

const shopsFile = z.object({
  shops: z.array(
    z.object({
      slug: z.string(),
      apiKey: z.string().min(1).optional(),
      name: z.string().min(1).max(60).optional(),
      nameJa: z.string().min(1).max(60).nullish(),
      phone: z.string().max(40).nullish(),
      mailAddress: z.string().max(254).nullish(),
    }),
  ),
})
type ShopSettings = z.output<typeof shopsFile>['shops'][number]

export interface Shops {
  find(slug: string): Shop | undefined
  all(): Shop[]
}

const checkEveryMs = 200

/**
 * The three shops. Names and API keys come from the file (`{"shops":[{"slug":"shop-a","apiKey":...}]}`),
 * read again when it changes, or from `apiKeys`; a file that can't be read leaves what was known.
 */
export const openShops = ({
  file,
  apiKeys,
  log,
}: {
  file: string | undefined
  apiKeys: Partial<Record<ShopSlug, string>>
  log: Log
}): Shops => {
  let settings: ShopSettings[] = []
  let checkedMs = 0
  let modifiedMs = -1

  const refresh = () => {
    if (!file || Date.now() - checkedMs < checkEveryMs) return
    checkedMs = Date.now()
    const stat = statSync(file, { throwIfNoEntry: false })
    if (!stat || stat.mtimeMs === modifiedMs) return
    modifiedMs = stat.mtimeMs
    try {
      settings = shopsFile.parse(JSON.parse(readFileSync(file, 'utf8'))).shops
    } catch {
      log.error({ file }, 'the file of the shops can’t be read')
    }
  }

  const shopOf = (slug: ShopSlug): Shop => {
    const known = shopsByDefault[slug]
    const given = settings.find((one) => one.slug === slug)
    return {
      ...known,
      slug,
      apiKey: given?.apiKey ?? apiKeys[slug],
      name: {
        en: given?.name ?? known.name.en,
        ja: given?.nameJa ?? (given?.name ? given.name : known.name.ja),
      },
      phone: given?.phone ?? known.phone,
      mail: given?.mailAddress ?? known.mail,
    }
  }

  return {
    find: (slug) => {
      refresh()
      const known = shopSlugs.find((one) => one === slug)
      return known && shopOf(known)
    },
    all: () => {
      refresh()
      return shopSlugs.map(shopOf)
    },
  }
}
