// What wrong answers were: a line a kind, a bar a predictor, examples behind a click.

function errorSets() {
  return familySets(page.reports.flatMap(report => Object.entries(report.splits)
    .filter(([, split]) => Object.keys(split.errors || {}).length).map(([name]) => [report.family, name])));
}

const sumOf = errors => Object.values(errors).reduce((sum, count) => sum + count, 0);

// Whether the gallery has an answer of this kind.
function hasExample(split, report, kind) {
  const set = page.sets.find(one => one.name === split && one.reports.includes(report));
  if (!set) return false;
  const place = set.reports.indexOf(report);
  return set.items.some(item => item.queries.some(query => query.answers[place] && query.answers[place].kind === kind));
}

function errorBar({report, index}, split, kind, place) {
  const errors = report.splits[split].errors, count = errors[kind] || 0, share = count / sumOf(errors);
  const text = count ? `${grouped(count)} (${percent(share)} %)` : '-';
  return el('div', {class: 'bar-row'},
    el('span', {class: 'bar', 'aria-hidden': 'true'},
      el('span', {class: 'bar-fill', style: {width: placeOf(share || 0), background: seriesColour(place)}})),
    el('span', {class: 'bar-text'}, el('span', {class: 'hidden-text'}, `${labelOfReport(index)}: `), text),
    count && hasExample(split, index, kind)
      ? el('button', {type: 'button', class: 'small', onclick: () => showExamples(split, index, kind),
        'aria-label': `examples of ${kind} by ${labelOfReport(index)}`}, 'examples') : null);
}

function errorsView({family, split}) {
  const found = page.reports.map((report, index) => ({report, index}))
    .filter(({report}) => report.family === family && report.splits[split] && sumOf(report.splits[split].errors || {}));
  // What baselines do is known: they are shown where nobody else is.
  const ranked = found.filter(({index}) => !page.board.some(row => row.report === index && row.anchor));
  const shown = byBoard(ranked.length ? ranked : found).slice(0, kMostBars);
  const most = kind => Math.max(...shown.map(({report}) => report.splits[split].errors[kind] || 0));
  const kinds = [...new Set(shown.flatMap(({report}) => Object.keys(report.splits[split].errors)))];
  kinds.sort((a, b) => most(b) - most(a));
  return [el('ul', {class: 'legend'}, shown.map(({report, index}, place) =>
    el('li', {}, el('span', {class: 'swatch', style: {background: seriesColour(place)}}),
      `${labelOfReport(index)}: ${plural(sumOf(report.splits[split].errors), 'wrong answer', 'wrong answers')}`))),
  el('div', {class: 'groups', role: 'list'}, kinds.map(kind => el('div', {class: 'group', role: 'listitem'},
    el('div', {class: 'group-name'}, el('code', {}, kind), el('span', {class: 'note'}, ` ${kindSummary(family, kind)}`)),
    el('div', {}, shown.map((one, place) => errorBar(one, split, kind, place))))))];
}

function fillErrors() {
  const sets = errorSets();
  if (!sets.length) return;
  const view = el('div');
  const draw = key => view.replaceChildren(...errorsView(sets.find(set => set.key === key)));
  draw(sets[0].key);
  show('errors', el('p', {class: 'note'}, 'Shares of the wrong answers of each predictor.'),
    el('div', {class: 'controls'}, choice('Set', sets.map(set => [set.key, set.title]), sets[0].key, draw, {id: 'error-set'})), view);
}
