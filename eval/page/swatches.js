// Grids as drawings: colours, with their digits or patterns for those who cannot tell them apart.

const kColourNames = {
  official: ['black', 'blue', 'red', 'green', 'yellow', 'grey', 'magenta', 'orange', 'sky', 'maroon'],
  arcprize: ['black', 'blue', 'red', 'green', 'yellow', 'grey', 'pink', 'orange', 'sky', 'maroon'],
  published: ['black', 'red', 'orange', 'yellow', 'green', 'blue', 'purple', 'pink', 'cyan', 'grey'],
};
// How all grids of the page are drawn. Marks: 'none', 'digits', 'patterns'.
const look = {...page.look};
const kCell = 10;

// The text of a grid: a digit a cell, '/' between rows; what is left out is background.
function parseGrid(text, side) {
  const cells = new Array(side * side).fill(0);
  text.split('/').forEach((line, row) => [...line].forEach((digit, col) => { cells[row * side + col] = Number(digit); }));
  return {side, cells};
}

// The cells in which a grid is not `truth`; all where its side is another.
function wrongCells(grid, truth) {
  if (grid.side !== truth.side) return grid.cells.map(() => true);
  return grid.cells.map((colour, i) => colour !== truth.cells[i]);
}

const countWrong = (grid, truth) => wrongCells(grid, truth).filter(wrong => wrong).length;

function inkOn(colour) {
  const part = at => parseInt(colour.slice(at, at + 2), 16);
  return 299 * part(1) + 587 * part(3) + 114 * part(5) > 128000 ? '#000000' : '#ffffff';
}

const xOf = (grid, cell) => (cell % grid.side) * kCell;
const yOf = (grid, cell) => Math.floor(cell / grid.side) * kCell;

function marksOf(grid, cells, colour, ink) {
  if (colour === 0 || look.marks === 'none') return [];
  if (look.marks === 'digits') {
    return cells.map(cell => svg('text', {x: xOf(grid, cell) + 5, y: yOf(grid, cell) + 8, fill: ink, class: 'digit'}, colour));
  }
  const d = cells.flatMap(cell => page.patterns[colour].map(([x, y, toX, toY]) =>
    `M${xOf(grid, cell) + x * kCell} ${yOf(grid, cell) + y * kCell}L${xOf(grid, cell) + toX * kCell} ${yOf(grid, cell) + toY * kCell}`)).join('');
  return [svg('path', {d, stroke: ink, fill: 'none', 'stroke-width': 1.1})];
}

// "row 3: columns 2 to 4 yellow": what a screen reader says of a grid.
function spokenGrid(grid) {
  const names = kColourNames[look.palette], rows = [];
  for (let row = 0; row < grid.side; ++row) {
    const parts = [];
    for (let col = 0; col < grid.side; ++col) {
      const colour = grid.cells[row * grid.side + col], first = col;
      while (col + 1 < grid.side && grid.cells[row * grid.side + col + 1] === colour) ++col;
      if (colour) parts.push(`${first === col ? `column ${col + 1}` : `columns ${first + 1} to ${col + 1}`} ${names[colour]}`);
    }
    if (parts.length) rows.push(`row ${row + 1}: ${parts.join(', ')}`);
  }
  return rows.join('; ') || 'empty';
}

// `wrong`: cells to mark, row-major; none where it is left out.
function gridSvg(grid, label, wrong = []) {
  const palette = page.palettes[look.palette], size = grid.side * kCell;
  const square = cell => `M${xOf(grid, cell)} ${yOf(grid, cell)}h10v10h-10z`;
  const drawing = svg('svg', {viewBox: `-0.5 -0.5 ${size + 1} ${size + 1}`, class: 'grid', role: 'img',
    'aria-label': `${label}, ${grid.side} by ${grid.side}: ${spokenGrid(grid)}`},
  svg('rect', {width: size, height: size, fill: palette[0]}));
  for (let colour = 1; colour < palette.length; ++colour) {
    const cells = grid.cells.map((one, i) => one === colour ? i : -1).filter(i => i >= 0);
    if (!cells.length) continue;
    drawing.append(svg('path', {d: cells.map(square).join(''), fill: palette[colour]}),
      ...marksOf(grid, cells, colour, inkOn(palette[colour])));
  }
  const lines = Array.from({length: grid.side + 1}, (unused, i) => `M${i * kCell} 0V${size}M0 ${i * kCell}H${size}`);
  drawing.append(svg('path', {d: lines.join(''), class: 'lines'}));
  const bad = wrong.map((one, i) => one ? i : -1).filter(i => i >= 0);
  if (bad.length) {
    const d = bad.map(cell => `M${xOf(grid, cell) + 1} ${yOf(grid, cell) + 1}h8v8h-8z`).join('');
    drawing.append(svg('path', {d, class: 'wrong-under'}), svg('path', {d, class: 'wrong-over'}));
  }
  return drawing;
}

// The choice of marks and palette; calls redraw() after a change.
function lookChoices(redraw) {
  const set = key => value => { look[key] = value; redraw(); };
  return [choice('Cells', [['none', 'colours'], ['digits', 'with digits'], ['patterns', 'with patterns']], look.marks, set('marks'),
    {id: 'look-marks'}),
  choice('Palette', [['official', 'ARC'], ['arcprize', 'ARC Prize'], ['published', 'of the paper']], look.palette, set('palette'), {id: 'look-palette'})];
}
