/** What the page about a diff does by itself: shows only the changes of one kind, one column, or with some text in them. */
export const DIFF_SCRIPT = `
(() => {
  const form = document.getElementById('filters')
  const rows = [...document.querySelectorAll('#changes tbody tr')]
  const shown = document.getElementById('shown')
  const [op, column, text] = ['op', 'column', 'text'].map((name) => form.elements[name])
  const apply = () => {
    const wanted = text.value.toLowerCase()
    let count = 0
    for (const row of rows) {
      const fits = (op.value === '' || row.className === op.value) &&
        (column.value === '' || row.dataset.column === column.value) &&
        (wanted === '' || row.textContent.toLowerCase().includes(wanted))
      row.hidden = !fits
      if (fits) count += 1
    }
    shown.textContent = count + ' of ' + rows.length + ' lines'
  }
  form.addEventListener('input', apply)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.hidden = false
  apply()
})()
`
