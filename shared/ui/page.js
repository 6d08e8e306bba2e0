// Small helps only; every page works without them.
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) print()
  for (const menu of document.querySelectorAll('.phone-menu[open]')) {
    if (!menu.contains(event.target)) menu.open = false
  }
})
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  for (const menu of document.querySelectorAll('.phone-menu[open]')) {
    menu.open = false
    menu.querySelector('summary').focus()
  }
})
// Ticks and searches change the address without a reload: the language switch returns to it as it is now.
const addressNow = () => location.pathname + location.search
const addressLoaded = addressNow()
document.addEventListener('submit', ({ target }) => {
  const { language, to } = target.elements
  if (language && to && addressNow() !== addressLoaded) to.value = addressNow()
})
for (const button of document.querySelectorAll('[data-print]')) button.hidden = false
