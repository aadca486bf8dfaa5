// The top of the page: who is better and by how much, what was asked, and of what data.

const kOodSets = ['test_ood', 'val_ood'];
const kIdSets = ['test_id', 'val_id'];
const kNoKind = 'none';  // of an error

const kFamilyTitles = {grids: 'Grids', facts: 'Facts'};
const exactOf = (row, split) => row.splits[split] && row.splits[split].exact;

// The first of `names` on which one of the rows has a score.
const firstSet = (rows, names) => names.find(name => rows.some(row => exactOf(row, name)));

// {id, ood, all}: the sets of the rows, those in front that a reader looks at first.
function setsOf(rows) {
  const id = firstSet(rows, kIdSets), ood = firstSet(rows, kOodSets);
  const names = [...new Set(rows.flatMap(row => Object.keys(row.splits).filter(name => exactOf(row, name))))];
  const first = [id, ood].filter(name => name);
  return {id, ood, first: first.length ? first : names.slice(0, 2), all: [...new Set([...first, ...names])]};
}

for (const row of page.board) row.label = shortened(row.label);

// Grids first, as on leaderboards.
const familyOrder = (a, b) => Object.keys(kFamilyTitles).indexOf(a) - Object.keys(kFamilyTitles).indexOf(b);

// A set of a family: two families may have sets of one name. Those out of distribution come first.
function familySets(found) {
  const sets = new Map(found.map(([family, split]) => [`${family}\n${split}`, {family, split}]));
  const rank = ({split}) => kOodSets.includes(split) ? 0 : kIdSets.includes(split) ? 1 : 2;
  const several = new Set(found.map(([family]) => family)).size > 1;
  return [...sets].sort(([, a], [, b]) => familyOrder(a.family, b.family) || rank(a) - rank(b))
    .map(([key, set]) => ({key, ...set, title: several ? `${set.split} (${set.family})` : set.split}));
}

// Families with their measured rows, best first.
function boardFamilies() {
  const families = [...new Set(page.board.filter(row => !row.published).map(row => row.family))].sort(familyOrder);
  return families.map(family => {
    const rows = page.board.filter(row => row.family === family && !row.published);
    return {family, rows, sets: setsOf(rows)};
  });
}

// The comparison of two rows on a set, as the first less the second; nothing where there is none.
function comparisonOf(first, second, split) {
  if (first.report < 0 || second.report < 0) return null;
  for (const one of page.comparisons) {
    if (one.split !== split) continue;
    const a = one.first.report, b = one.second.report, {value, low, high} = one.difference;
    if (a === first.report && b === second.report) return {value, low, high, apart: one.told_apart};
    if (b === first.report && a === second.report) return {value: -value, low: -high, high: -low, apart: one.told_apart};
  }
  return null;
}

function marginText(first, second, split) {
  const a = exactOf(first, split), b = exactOf(second, split);
  if (!a || !b) return '';
  const found = comparisonOf(first, second, split);
  const points = Math.abs(100 * (found ? found.value : a.value - b.value)).toFixed(1);
  const way = (found ? found.value : a.value - b.value) < 0 ? 'less' : 'more';
  const text = `${points} points ${way} than ${second.label} (${percentText(b)})`;
  if (found) {
    const [low, high] = [found.low, found.high].map(percent);
    return `${text}; the interval of the difference is [${low}, ${high}], and a paired test ${found.apart ? 'tells' : 'does not tell'} ` +
      'them apart.';
  }
  if (a.low === undefined || b.low === undefined) return `${text}.`;
  const overlap = a.low <= b.high && b.low <= a.high;
  return `${text}; their intervals ${overlap ? 'overlap' : 'do not overlap'}.`;
}

// The kinds of errors of a row on a set: {all, kinds: [[kind, count]...]}, the commonest that has a name first.
function errorsOf(row, split) {
  const report = page.reports[row.report];
  const errors = report && report.splits[split] && report.splits[split].errors;
  const kinds = Object.entries(errors || {}).filter(([, count]) => count);
  kinds.sort(([a, x], [b, y]) => (a === kNoKind) - (b === kNoKind) || y - x);
  return {all: kinds.reduce((sum, [, count]) => sum + count, 0), kinds};
}

function mistakeText(row, split) {
  const {all, kinds} = errorsOf(row, split);
  if (!all) return null;
  const [kind, count] = kinds[0], unnamed = kinds.find(one => one[0] === kNoKind);
  const rest = unnamed && kind !== kNoKind ? `; ${percent(unnamed[1] / all)} % are of no kind that has a name` : '';
  return el('li', {}, `Commonest mistake of ${row.label} on ${split}: `, el('strong', {}, kindSummary(row.family, kind)),
    ` (${kind}), ${percent(count / all)} % of its ${plural(all, 'wrong answer', 'wrong answers')}${rest}.`);
}

function gapText(row, sets) {
  const id = exactOf(row, sets.id), ood = exactOf(row, sets.ood);
  if (!id || !ood) return null;
  const gap = 100 * (id.value - ood.value);
  const words = gap > 0.05 ? `${gap.toFixed(1)} points fewer out of distribution`
    : gap < -0.05 ? `${(-gap).toFixed(1)} points more out of distribution` : 'the same in and out of distribution';
  return el('li', {}, `${row.label}: ${percentText(id)} on ${sets.id}, ${percentText(ood)} on ${sets.ood}: ${words}.`);
}

function leadOf({family, rows, sets}, several) {
  const split = sets.ood || sets.first[0];
  const scored = rows.filter(row => exactOf(row, split));
  const ranked = scored.filter(row => !row.anchor);
  const anchors = scored.filter(row => row.anchor);
  const [first, second] = ranked.length ? ranked : anchors;
  if (!first) return [];
  const lines = [];
  if (second) lines.push(el('li', {}, `${first.label}: ${marginText(first, second, split)}`));
  // Of the second the line before says it.
  const tied = ranked.filter(row => row.tie_group === 1 && row !== first && row !== second);
  if (tied.length) lines.push(el('li', {}, `No test tells these apart from it: ${tied.map(row => row.label).join(', ')}.`));
  for (const row of [first, second]) if (row) lines.push(gapText(row, sets), mistakeText(row, split));
  if (ranked.length && anchors.length)
    lines.push(el('li', {}, 'For scale: ' + anchors.map(row => `${row.label} ${percentText(exactOf(row, split))}`).join('; ') + '.'));
  return [several && el('h3', {}, kFamilyTitles[family] || family),
    el('p', {class: 'answer'}, el('strong', {}, first.label), ranked.length ? ' is best' : ', a baseline, is best',
      ` on ${split}: ${percentText(exactOf(first, split))} of its questions are answered right in full.`),
    el('ul', {}, lines)].filter(part => part);
}

function recipeView(recipe) {
  return el('details', {}, el('summary', {}, 'recipe'), el('pre', {}, JSON.stringify(recipe, null, 2)));
}

// What each set is: those with questions, else what reports know of theirs.
function dataRows(family) {
  const known = page.sets.filter(set => set.family === family);
  if (known.length) return known.map(set => ({name: set.title, count: set.count, asked: set.asked, digest: set.digest, recipe: set.recipe}));
  const rows = new Map();
  for (const report of page.reports.filter(one => one.family === family)) {
    for (const [name, split] of Object.entries(report.splits))
      rows.set(name + split.data_digest, {name, asked: split.planned, digest: split.data_digest});
  }
  return [...rows.values()];
}

function dataView({family}, several) {
  const rows = dataRows(family);
  const items = rows.map(row => el('li', {}, el('strong', {}, row.name), ': ',
    row.count === undefined ? '' : plural(row.count, 'item', 'items') + ', ', plural(row.asked, 'question', 'questions'),
    ', digest ', el('code', {class: 'digest'}, row.digest), row.recipe && recipeView(row.recipe)));
  return [several && el('h3', {}, kFamilyTitles[family] || family), el('p', {}, kAsked[family] || ''),
    items.length && el('ul', {}, items)].filter(part => part);
}

function fillLead() {
  const families = boardFamilies(), several = families.length > 1;
  const leads = families.flatMap(one => leadOf(one, several));
  if (leads.length) show('lead', leads);
  if (families.length) show('data-sets', families.flatMap(one => dataView(one, several)));
}
