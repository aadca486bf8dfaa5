// Tables: they scroll within the page, and sort on a click or a key.

const isDate = text => /^\d{4}-\d\d-\d\d$/.test(text);
const numberIn = text => isDate(text) ? Date.parse(text) : parseFloat(text.replace(/[,<]/g, ''));

function compareCells(a, b, order) {
  const x = numberIn(a), y = numberIn(b);
  if (isNaN(x) && isNaN(y)) return naturalOrder(a, b) * order;
  return isNaN(x) ? 1 : isNaN(y) ? -1 : (x - y) * order;
}

function sortBy(head) {
  const order = head.getAttribute('aria-sort') === 'descending' ? 1 : -1;
  for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', order === 1 ? 'ascending' : 'descending');
  const body = head.closest('table').tBodies[0];
  const value = row => row.cells[head.cellIndex].textContent;
  const rows = [...body.rows].sort((a, b) => compareCells(value(a), value(b), order));
  body.append(...rows);
}

// Gives a table its buttons and its own scroll bar.
function prepareTable(table) {
  for (const head of table.tHead.rows[0].cells) {
    const text = head.textContent;
    head.setAttribute('scope', 'col');
    head.replaceChildren(el('button', {type: 'button', class: 'sort', onclick: () => sortBy(head)}, text));
  }
  const heading = table.closest('details, section')?.querySelector('summary, h2');
  const name = (heading ? `${heading.textContent}, ` : '') + table.tHead.rows[0].cells[0].textContent;
  const frame = el('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `table: ${name}`});
  table.replaceWith(frame);
  frame.append(table);
}

function prepareTables() {
  for (const table of document.querySelectorAll('table')) prepareTable(table);
}
