/**
 * The page kit: one stylesheet (claimbook.css) and these server components. They hold no words of a
 * service; `language` is 'en' | 'ja', `Child` anything that JSX renders. Posting forms carry
 * `<CsrfField token={page.csrfToken} />`. hx-* attributes pass through Button, Tools, AccountCard and
 * ClaimRow's `select`.
 *
 * Frame      Layout { page, title, brand, nav?, who?, width?, hasErrors?, banner?, footer?, reloadSeconds? }
 *            with page = pageContext(c), brand = { name, mark, home, stylesheet? },
 *            nav = [{ href, label, current?, count? }], who = { name, signOutPath }
 *            PageTitle { title, back?: { href, label }, actions?, children = the line below }
 *            BackLink { href, label }   Split (list beside a Decision)   Card { title?, actions?, id? }   SignInCard { title, intro?, foot? }
 * Money      Money, Amount (large) { amount, currency, language }
 * Dates      TimeLimit { limit, today, language }   Moment { at, timeZone, language, timeOnly? }
 *            nearness(limit, today) -> passed | today | soon | week | later
 *            timeLimitWords, shortDate, fullDate, instantWords, timeWords
 * Said       Chip { tone?, busy? }   Note { tone?, title?, announce?, id? }   tone = info | ok | warn | bad | quiet
 *            Outcome { tone: ok | bad | busy | info | warn, title, amount?, actions?, live? } (busy: in doubt)
 *            EmptyState { title, icon?, actions? }   ErrorPage { language, title, reference?, actions?, tone? }
 *            errorWords(error, language) -> { title, text } for errors without a page of their own
 * List       GroupHeading { title, sum?, id? }   Rows { label? }   AdvertLine { href, link, reason?, off?, language }
 *            ClaimRow { id, payee, initial?, description, reference?, amount, below?, chips?, select?, href?, busy? }
 *            Mark { name, initial? }   Pager { language, newer?, older? }
 *            Tools { language, action?, search?, sort?, keep? }
 *            Tabs { label, tabs: [{ href, label, current?, count? }] }
 * Decision   Decision { id, title, accounts?, chosen?: { label, value, close }, brief, total, totals?, actions, note? }
 *            AccountCard { name, value, checked?, disabled?, title, number, balance, fee?, tag?, after?, short? }
 *            Totals { items: [{ label, value, total?, quiet? }] }
 * Forms      CsrfField { token }   Field { name, label, hint?, error?, optional?: language, type?, value?, width?,
 *            unit?, autocomplete?, inputmode?, maxlength?, ... }   SelectField, RadioField { choices, value? }   ChecksField { choices, values }
 *            TextAreaField   CheckField { name, checked?, error? }   ErrorSummary { errors: [{ name, message }], language, takesFocus? }
 *            Button { kind?: primary | secondary | quiet | danger, href?, wide?, small?, name?, value?, formaction? }
 *            Actions (a row of buttons)
 * Records    DataTable { language, caption, hideCaption?, columns: [{ label, cell, number?, heading?, foot?, sort? }],
 *            rows, empty? }   KeyValues { items: [{ label, value }] }
 *            Timeline { items: [{ title, at, detail?, tone? }] }   Steps { language, steps, current }
 *            Items { items: [{ title, text?, amount }] }   PaymentRecord { language, title, issuer, facts, items, totals, foot? }
 * Files      assets (Hono app: css, js with htmx, icon; mount at '/')   assetUrls { css, js, icon }   Icon { name }
 *
 * Classes for plain markup: form (spaced fields), fields-line, stack, columns, soft, no-print, htmx-indicator.
 */
export * from './assets.ts'
export * from './button.tsx'
export * from './decision.tsx'
export * from './error-page.tsx'
export * from './feedback.tsx'
export * from './form.tsx'
export * from './icon.tsx'
export * from './layout.tsx'
export * from './list.tsx'
export * from './mark.tsx'
export * from './money.tsx'
export * from './record.tsx'
export * from './table.tsx'
export * from './tabs.tsx'
export * from './time-limit.tsx'
