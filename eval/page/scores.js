// In and out of distribution as a picture: a line a predictor, a mark with its interval a set.

const kSetStyles = ['ood', 'id', 'third', 'fourth'];

// The place of a share on a track, which has room for marks at its ends.
const placeOf = share => `${(100 * share).toFixed(2)}%`;

function markOf(interval, style) {
  const parts = [];
  if (interval.low !== undefined) {
    parts.push(el('span', {class: `range ${style}`,
      style: {left: placeOf(interval.low), width: placeOf(interval.high - interval.low)}}));
  }
  parts.push(el('span', {class: `mark ${style}`, style: {left: placeOf(interval.value)}}));
  return parts;
}

function scoreLine(row, sets) {
  const known = sets.map((name, i) => [name, exactOf(row, name), kSetStyles[i]]).filter(([, interval]) => interval);
  return el('div', {class: row.anchor ? 'score-line anchor' : 'score-line', role: 'listitem'},
    el('span', {class: 'score-name'}, row.label),
    el('span', {class: 'track', 'aria-hidden': 'true'},
      known.map(([, interval, style]) => el('span', {class: 'lane'}, markOf(interval, style)))),
    el('span', {class: 'score-text'}, known.map(([name, interval, style]) =>
      el('span', {}, el('span', {class: `key ${style}`, 'aria-hidden': 'true'}), `${name} ${percentText(interval)}`))));
}

function scale() {
  return el('div', {class: 'score-line scale', 'aria-hidden': 'true'}, el('span'),
    el('span', {class: 'ticks'}, [0, 25, 50, 75, 100].map(tick => el('span', {style: {left: `${tick}%`}}, `${tick} %`))),
    el('span'));
}

function scoresOf({family, rows, sets}, several) {
  // OOD first: it is what is asked.
  const names = [...new Set([sets.ood, sets.id, ...sets.first].filter(name => name))];
  const scored = rows.filter(row => names.some(name => exactOf(row, name)));
  return [several && el('h3', {}, kFamilyTitles[family] || family),
    el('p', {class: 'note'}, 'Answers that are right in full, in per cent of all planned questions; lines are 95 % intervals.'),
    el('div', {class: 'score-chart', role: 'list'}, scored.map(row => scoreLine(row, names))), scale()].filter(part => part);
}

// What a reader of these scores must know, each text once.
function notesView() {
  const texts = new Map();
  for (const {report, split, text} of page.notes) texts.set(text, [...(texts.get(text) || []), `${labelOfReport(report)} on ${split}`]);
  const lines = [...texts].map(([text, whose]) => el('li', {}, el('strong', {}, whose.join(', ')), `: ${text}`));
  return lines.length ? [el('h3', {}, 'To know about them'), el('ul', {class: 'note'}, lines)] : [];
}

function fillScores() {
  const families = boardFamilies().filter(one => one.rows.length);
  if (families.length) show('scores', families.flatMap(one => scoresOf(one, families.length > 1)), notesView());
}
