// A grid that a person paints: by clicks and drags, or by keys alone.

const kBoardKeys = 'Arrows move, 0 to 9 choose a colour, space paints, F fills, C copies the input, X clears, ' +
  'U undoes, R redoes.';

class Board {
  // `input`: the grid that "copy input" copies. `changed()` is called after each change.
  constructor(input, changed) {
    Object.assign(this, {input, side: input.side, changed, cells: new Array(input.side ** 2).fill(0), undone: [], done: [],
      colour: 1, tool: 'paint', cursor: 0, stroke: null, locked: false});
    this.element = el('div', {class: 'board', role: 'grid', 'aria-label': `your answer, ${this.side} by ${this.side}`,
      style: {gridTemplateColumns: `repeat(${this.side}, 1fr)`}});
    this.squares = this.cells.map((unused, cell) => el('div', {role: 'gridcell', class: 'square', 'data-cell': cell, tabindex: -1}));
    for (let row = 0; row < this.side; ++row) {
      this.element.append(el('div', {role: 'row', class: 'board-row'}, this.squares.slice(row * this.side, (row + 1) * this.side)));
    }
    this.element.addEventListener('pointerdown', event => this.press(event));
    this.element.addEventListener('pointermove', event => this.drag(event));
    this.element.addEventListener('pointerup', () => { this.stroke = null; });
    this.element.addEventListener('pointercancel', () => { this.stroke = null; });
    this.element.addEventListener('keydown', event => this.key(event));
    this.draw();
  }

  get grid() { return {side: this.side, cells: [...this.cells]}; }

  // Where a pointer is; -1 outside.
  cellAt(event) {
    const square = document.elementFromPoint(event.clientX, event.clientY);
    return square && square.closest('.board') === this.element && square.closest('.square')
      ? Number(square.closest('.square').dataset.cell) : -1;
  }

  press(event) {
    const cell = this.cellAt(event);
    if (cell < 0 || this.locked) return;
    event.preventDefault();
    this.moveTo(cell);
    if (this.tool === 'fill') return this.fill(cell);
    // A press on a cell of this colour takes it away, and so does the drag that follows.
    this.stroke = {colour: this.cells[cell] === this.colour ? 0 : this.colour, before: [...this.cells], kept: false};
    this.paint(cell);
  }

  drag(event) {
    if (!this.stroke || event.buttons === 0) return;
    const cell = this.cellAt(event);
    if (cell >= 0) this.paint(cell);
  }

  paint(cell) {
    if (this.cells[cell] === this.stroke.colour) return;
    if (!this.stroke.kept) this.keep(this.stroke.before);
    this.stroke.kept = true;
    this.cells[cell] = this.stroke.colour;
    this.draw();
  }

  // The cell and its neighbours of one colour, and theirs.
  fill(start) {
    const from = this.cells[start];
    if (from === this.colour) return;
    this.keep();
    const open = [start];
    while (open.length) {
      const cell = open.pop();
      if (this.cells[cell] !== from) continue;
      this.cells[cell] = this.colour;
      const col = cell % this.side;
      if (col > 0) open.push(cell - 1);
      if (col + 1 < this.side) open.push(cell + 1);
      if (cell >= this.side) open.push(cell - this.side);
      if (cell + this.side < this.cells.length) open.push(cell + this.side);
    }
    this.draw();
  }

  keep(before = [...this.cells]) {
    this.done.push(before);
    this.undone = [];
  }

  replace(cells) {
    if (this.locked) return;
    this.keep();
    this.cells = [...cells];
    this.draw();
  }

  copyInput() { this.replace(this.input.cells); }
  clear() { this.replace(this.cells.map(() => 0)); }

  step(from, to) {
    if (this.locked || !from.length) return;
    to.push([...this.cells]);
    this.cells = from.pop();
    this.draw();
  }

  undo() { this.step(this.done, this.undone); }
  redo() { this.step(this.undone, this.done); }

  choose(colour) {
    this.colour = colour;
    this.changed();
  }

  choosing(tool) {
    this.tool = tool;
    this.changed();
  }

  moveTo(cell) {
    this.squares[this.cursor].tabIndex = -1;
    this.cursor = cell;
    this.squares[cell].tabIndex = 0;
    this.squares[cell].focus({preventScroll: true});
  }

  move(down, right) {
    const row = Math.floor(this.cursor / this.side) + down, col = this.cursor % this.side + right;
    if (row >= 0 && row < this.side && col >= 0 && col < this.side) this.moveTo(row * this.side + col);
  }

  key(event) {
    if (event.altKey || event.metaKey) return;
    const moves = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]};
    if (moves[event.key]) this.move(...moves[event.key]);
    else if ((event.key === ' ' || event.key === 'Enter') && !this.locked) this.paintAtCursor();
    else return;
    event.preventDefault();
  }

  paintAtCursor() {
    if (this.tool === 'fill') return this.fill(this.cursor);
    this.stroke = {colour: this.cells[this.cursor] === this.colour ? 0 : this.colour, before: [...this.cells], kept: false};
    this.paint(this.cursor);
    this.stroke = null;
  }

  draw() {
    const palette = page.palettes[look.palette], names = kColourNames[look.palette];
    this.squares.forEach((square, cell) => {
      const colour = this.cells[cell];
      square.style.background = palette[colour];
      square.tabIndex = cell === this.cursor ? 0 : -1;
      square.setAttribute('aria-label', `row ${Math.floor(cell / this.side) + 1}, column ${cell % this.side + 1}: ${names[colour]}`);
      square.replaceChildren(...(look.marks === 'none' || colour === 0 ? [] : [swatchSvg(colour)]));
    });
    this.changed();
  }
}

// One cell, as it looks now.
function swatchSvg(colour) {
  const drawing = gridSvg({side: 1, cells: [colour]}, '');
  drawing.removeAttribute('aria-label');
  drawing.setAttribute('role', 'presentation');
  drawing.setAttribute('aria-hidden', 'true');
  return drawing;
}

// The palette and the tools of a board, by key: they call the board.
function boardTools(board) {
  const tool = (name, text, key, act, pressed) => el('button', {type: 'button', 'data-tool': name, 'aria-keyshortcuts': key,
    'aria-pressed': pressed === undefined ? null : String(pressed), disabled: board.locked, onclick: act}, `${text} (${key})`);
  const names = kColourNames[look.palette];
  return [el('div', {class: 'palette', role: 'group', 'aria-label': 'colour'}, names.map((name, colour) =>
    el('button', {type: 'button', class: 'paint', 'data-colour': colour, 'aria-pressed': String(colour === board.colour), disabled: board.locked,
      'aria-label': `${colour}: ${name}`, 'aria-keyshortcuts': colour, onclick: () => board.choose(colour)}, swatchSvg(colour)))),
  el('div', {class: 'controls', role: 'group', 'aria-label': 'tools'},
    tool('paint', 'Paint', 'P', () => board.choosing('paint'), board.tool === 'paint'),
    tool('fill', 'Fill', 'F', () => board.choosing('fill'), board.tool === 'fill'),
    tool('copy', 'Copy input', 'C', () => board.copyInput()), tool('clear', 'Clear', 'X', () => board.clear()),
    tool('undo', 'Undo', 'U', () => board.undo()), tool('redo', 'Redo', 'R', () => board.redo()))];
}

// What a key does anywhere in a question; false where it does nothing.
function boardKey(board, event) {
  if (event.altKey || event.metaKey) return false;
  const key = event.key.toLowerCase();
  if (event.ctrlKey) {
    if (key === 'z') board.undo();
    else if (key === 'y') board.redo();
    else return false;
    return true;
  }
  const acts = {p: () => board.choosing('paint'), f: () => board.choosing('fill'), c: () => board.copyInput(), x: () => board.clear(),
    u: () => board.undo(), r: () => board.redo()};
  if (/^[0-9]$/.test(key)) board.choose(Number(key));
  else if (acts[key]) acts[key]();
  else return false;
  return true;
}
