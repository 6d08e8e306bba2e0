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
for (const button of document.querySelectorAll('[data-print]')) button.hidden = false
