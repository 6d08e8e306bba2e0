import type { Language } from '#shared/texts.ts'
import type { PageContext } from '#shared/web/page-context.ts'
import { mostOfOne } from './basket.ts'
import { type Category, findGood, type Good, goodsOf } from './goods.ts'
import { Csrf, Mark, pictureOf, ShopLayout, type ShopPage, StreetLayout } from './layout.tsx'
import type { Shop } from './shops.ts'
import { shopTexts } from './texts.ts'
import { yen } from './words.ts'

const GoodCard = ({ good, language }: { good: Good; language: Language }) => (
  <li>
    <a class="card" href={`/${good.shop}/goods/${good.id}`}>
      <span class="tile">
        <img src={pictureOf(good.id)} alt="" width="480" height="400" loading="lazy" />
      </span>
      <span class="card-name">{good.name[language]}</span>
      <span class="card-price">{yen(good.priceMinor, language)}</span>
    </a>
  </li>
)

const Hero = ({ shop, language }: { shop: Shop; language: Language }) => {
  const featured = findGood(shop.slug, shop.featured)
  if (!featured) return null
  return (
    <section class="hero">
      <div class="hero-words">
        <h1>{shop.motto[language]}</h1>
        <p>{featured.about[language]}</p>
        <p class="hero-go">
          <a class="button" href={`/${shop.slug}/goods/${featured.id}`}>
            {shopTexts(language).shelf.see(
              language === 'en'
                ? featured.name.en.charAt(0).toLowerCase() + featured.name.en.slice(1)
                : featured.name.ja,
            )}
          </a>
          <span>{yen(featured.priceMinor, language)}</span>
        </p>
      </div>
      <div class="tile">
        <img src={pictureOf(featured.id)} alt={featured.name[language]} width="480" height="400" />
      </div>
    </section>
  )
}

/** A shop's front page, or one of its shelves. */
export const ShelfPage = ({
  page,
  category,
}: {
  page: ShopPage
  category: Category | undefined
}) => {
  const { shop, language } = page
  const words = shopTexts(language).shelf
  const goods = goodsOf(shop.slug).filter((good) => !category || good.category === category)
  const title = category?.name[language]
  return (
    <ShopLayout page={page} title={title ?? shop.name[language]} shelf={category?.id ?? 'all'}>
      {category ? null : <Hero shop={shop} language={language} />}
      <section class="shelf" aria-labelledby="shelf-title">
        <div class="shelf-head">
          {title ? <h1 id="shelf-title">{title}</h1> : <h2 id="shelf-title">{words.shelf}</h2>}
          <p class="quiet">
            {words.goods(goods.length)}
            <span class="aside">{words.delivery}</span>
          </p>
        </div>
        <ul class="goods">
          {goods.map((good) => (
            <GoodCard good={good} language={language} />
          ))}
        </ul>
      </section>
    </ShopLayout>
  )
}

const SizeField = ({
  good,
  language,
  missing,
}: {
  good: Good
  language: Language
  missing: boolean
}) => {
  const words = shopTexts(language).good
  return (
    <fieldset class="sizes" aria-describedby={missing ? 'size-error' : undefined}>
      <legend>{words.size}</legend>
      <div class="size-row">
        {good.sizes.map((size) => (
          <label>
            <input type="radio" name="size" value={size} required />
            <span>{size}</span>
          </label>
        ))}
      </div>
      {missing ? (
        <p class="field-error" id="size-error">
          {words.noSize}
        </p>
      ) : null}
    </fieldset>
  )
}

const AddForm = ({
  page,
  good,
  sizeMissing,
}: {
  page: ShopPage
  good: Good
  sizeMissing: boolean
}) => {
  const words = shopTexts(page.language).good
  return (
    <form class="add" method="post" action={`/${good.shop}/basket`}>
      <Csrf page={page} />
      <input type="hidden" name="good" value={good.id} />
      {good.sizes.length > 0 ? (
        <SizeField good={good} language={page.language} missing={sizeMissing} />
      ) : null}
      <div class="add-row">
        <label class="quantity">
          <span>{words.quantity}</span>
          <select name="quantity">
            {Array.from({ length: mostOfOne }, (_, at) => (
              <option value={at + 1}>{at + 1}</option>
            ))}
          </select>
        </label>
        <button class="button">{words.add}</button>
      </div>
    </form>
  )
}

/** One good, with what it takes to buy it. */
export const GoodPage = ({
  page,
  good,
  sizeMissing = false,
}: {
  page: ShopPage
  good: Good
  sizeMissing?: boolean
}) => {
  const { language } = page
  const words = shopTexts(language).good
  const others = goodsOf(good.shop).filter((one) => one !== good)
  return (
    <ShopLayout page={page} title={good.name[language]} shelf={good.category.id}>
      <article class="good">
        <div class="tile">
          <img src={pictureOf(good.id)} alt={good.name[language]} width="480" height="400" />
        </div>
        <div class="good-words">
          <p class="eyebrow">
            <a href={`/${good.shop}?shelf=${good.category.id}`}>{good.category.name[language]}</a>
          </p>
          <h1>{good.name[language]}</h1>
          <p class="price">{yen(good.priceMinor, language)}</p>
          <p class="quiet">{words.delivery}</p>
          <p class="about">{good.about[language]}</p>
          <AddForm page={page} good={good} sizeMissing={sizeMissing} />
          <h2>{words.details}</h2>
          <ul class="details">
            {good.details[language].map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </div>
      </article>
      <section class="shelf" aria-labelledby="others-title">
        <div class="shelf-head">
          <h2 id="others-title">{words.others}</h2>
        </div>
        <ul class="goods few">
          {others.slice(0, 4).map((one) => (
            <GoodCard good={one} language={language} />
          ))}
        </ul>
      </section>
    </ShopLayout>
  )
}

/** The street, with the doors of the three shops. */
export const StreetPage = ({ page, shops }: { page: PageContext; shops: Shop[] }) => {
  const { language } = page
  const words = shopTexts(language).street
  return (
    <StreetLayout page={page} title={words.title}>
      <div class="street-head">
        <h1>{words.title}</h1>
        <p>{words.text}</p>
      </div>
      <ul class="doors">
        {shops.map((shop) => (
          <li data-shop={shop.slug}>
            <a class="door" href={`/${shop.slug}`}>
              <span class="tile">
                <img src={pictureOf(shop.featured)} alt="" width="480" height="400" />
              </span>
              <span class="door-name">
                <Mark shop={shop.slug} />
                {shop.name[language]}
              </span>
              <span class="door-motto">{shop.motto[language]}</span>
              <span class="door-enter">{words.enter(shop.name[language])}</span>
            </a>
          </li>
        ))}
      </ul>
    </StreetLayout>
  )
}
