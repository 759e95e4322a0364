/**
 * What the report page does by itself: pointing at a part of the chart, or reaching it with the keyboard, shows what is
 * written about it further down; a click or Enter keeps it shown. Without it the links lead there.
 */
export const SCRIPT = `
(() => {
  const panel = document.getElementById('panel')
  const marks = [...document.querySelectorAll('a[data-about]')]
  let kept = null
  const row = (tr) => {
    const heads = [...tr.closest('table').querySelectorAll('thead th')].map((th) => th.textContent)
    const list = document.createElement('dl')
    ;[...tr.cells].forEach((cell, index) => {
      const [term, value] = [document.createElement('dt'), document.createElement('dd')]
      term.textContent = heads[index]
      value.append(...cell.cloneNode(true).childNodes)
      list.append(term, value)
    })
    for (const link of list.querySelectorAll('a')) {
      const place = document.createElement('div')
      const source = document.getElementById(link.hash.slice(1))
      place.append(link.cloneNode(true), ' ', source.cells[2].textContent, ' ', source.querySelector('.place').textContent)
      link.replaceWith(place)
    }
    const title = document.createElement('h3')
    title.textContent = tr.dataset.title
    return [title, list]
  }
  const show = (mark) => {
    const about = document.getElementById(mark.dataset.about)
    panel.replaceChildren(...(about.tagName === 'TR' ? row(about) : about.cloneNode(true).childNodes))
    for (const each of marks) each.classList.toggle('on', each === mark)
  }
  const release = () => { if (kept !== null) show(kept) }
  marks.forEach((mark, index) => {
    mark.addEventListener('mouseenter', () => show(mark))
    mark.addEventListener('mouseleave', release)
    mark.addEventListener('focus', () => show(mark))
    mark.addEventListener('click', (event) => {
      event.preventDefault()
      kept = mark
      show(mark)
    })
    mark.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
      if (step !== undefined) {
        event.preventDefault()
        marks[index + step]?.focus()
      }
    })
  })
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') kept = null })
  panel.hidden = false
})()
`
