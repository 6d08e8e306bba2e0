import { setShopLogin } from '../../../claim-server/shops/set-shop-login.ts'
import { createVisitor } from '../../support/visitor.ts'
import { makePosts, signInAll } from '../bank/shoppers.ts'
import { type BenchBank, clerk } from '../bank/start-bank.ts'
import { openConnection } from '../load/connection.ts'

type Cookies = ReadonlyMap<string, string>

export interface MainPage {
  name: string
  url: string
  cookies: Cookies
}

const shopLogin = { signInId: 'shop-of-the-bench', password: 'takings of the bench 88' }

const nobody: Cookies = new Map()

/** The cookies of somebody who has signed in by that page's form. */
const signIn = async (
  url: string,
  action: string,
  fields: Record<string, string>,
): Promise<Cookies> => {
  const visitor = createVisitor()
  const page = await visitor.open(url)
  const next = await visitor.submit(page, `form[action="${action}"]`, fields)
  if (next.status !== 200) throw new Error(`${url} answered ${next.status}: ${next.text}`)
  return visitor.cookies
}

export const signInShop = async ({ claims, shops, urls }: BenchBank): Promise<Cookies> => {
  await setShopLogin(claims, { shopId: shops[0]?.shopId ?? '', ...shopLogin })
  return signIn(`${urls['claim-server']}/shop/sign-in`, '/shop/sign-in', shopLogin)
}

export const signInClerk = ({ urls }: BenchBank): Promise<Cookies> =>
  signIn(`${urls['bank-portal']}/staff/sign-in`, '/staff/sign-in', {
    staffId: clerk.staffId,
    password: clerk.password,
  })

const customersPages = async (bank: BenchBank): Promise<MainPage[]> => {
  const portal = bank.urls['bank-portal']
  const [customer] = await signInAll(bank)
  if (!customer) throw new Error('nobody is signed in')
  const { content } = customer.seen
  const paid = await makePosts(bank, [customer], { connections: 1, postsEach: 1, claimsEach: 1 })
  const connection = await openConnection(bank.ports['bank-portal'])
  const { head } = await connection.send(Buffer.from(paid[0]?.[0] ?? ''))
  connection.close()
  const result = /\r\nlocation: (\S+)/i.exec(head)?.[1]
  if (!result) throw new Error(`nothing was paid: ${head}`)
  const [some] = content.claims
  const basket = new URLSearchParams({ account: content.payerAccount })
  for (const claim of content.claims.slice(0, 2)) basket.append('claim', claim.orderNumber)
  const { cookies } = customer.shopper.visitor
  return Object.entries({
    home: '/',
    list: '/claims',
    claim: `/claims/${some?.orderNumber}`,
    confirm: `/payments/new?${basket}`,
    result,
    paid: '/paid',
    accounts: '/accounts',
  }).map(([name, path]) => ({ name, url: portal + path, cookies }))
}

/** The pages that people of every kind see most. */
export const findMainPages = async (bank: BenchBank): Promise<MainPage[]> => {
  const { 'bank-portal': portal, 'claim-server': claimServer } = bank.urls
  const shop = await signInShop(bank)
  const staff = await signInClerk(bank)
  return [
    { name: 'sign-in', url: `${portal}/sign-in`, cookies: nobody },
    ...(await customersPages(bank)),
    { name: 'shop sign-in', url: `${claimServer}/shop/sign-in`, cookies: nobody },
    { name: 'shop inquiry', url: `${claimServer}/shop/orders`, cookies: shop },
    { name: 'shop settings', url: `${claimServer}/shop/settings`, cookies: shop },
    { name: 'staff desk', url: `${portal}/staff`, cookies: staff },
    { name: 'staff search', url: `${portal}/staff/claims`, cookies: staff },
  ]
}
