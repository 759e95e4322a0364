/** What a report of conflicts does in a browser: sorting by a column, filtering by words and severity, opening all for print. */
export const SCRIPT = `
'use strict';
const table = document.getElementById('conflicts');
const body = table.tBodies[0];
const words = document.getElementById('words');
const severity = document.getElementById('severity');
const shown = document.getElementById('shown');
const rows = () => Array.from(body.rows);
function filter() {
  const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let count = 0;
  for (const row of rows()) {
    const text = row.textContent.toLowerCase();
    const fits = wanted.every((word) => text.includes(word)) && (severity.value === '' || row.dataset.severity === severity.value);
    row.hidden = !fits;
    if (fits) count += 1;
  }
  shown.textContent = String(count);
}
words.addEventListener('input', filter);
severity.addEventListener('change', filter);
for (const [index, head] of Array.from(table.tHead.rows[0].cells).entries()) {
  const button = head.querySelector('button');
  if (button === null) continue;
  button.addEventListener('click', () => {
    const ascending = head.getAttribute('aria-sort') !== 'ascending';
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', ascending ? 'ascending' : 'descending');
    const key = (row) => row.cells[index].dataset.sort;
    const isNumber = head.dataset.kind === 'number';
    const compare = (a, b) => isNumber ? Number(key(a)) - Number(key(b)) : key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
    const sorted = rows().sort((a, b) => (ascending ? compare(a, b) : compare(b, a)) || Number(a.dataset.place) - Number(b.dataset.place));
    body.append(...sorted);
  });
}
let opened = [];
addEventListener('beforeprint', () => {
  opened = Array.from(document.querySelectorAll('details:not([open])'));
  for (const one of opened) one.open = true;
});
addEventListener('afterprint', () => {
  for (const one of opened) one.open = false;
});
filter();
`
