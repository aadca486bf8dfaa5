// Groups of questions as small bars: by triplet, by type, by size.

const kMostBars = 6;

// The reports that have groups of a set and factor.
function reportsWith({family, split}, factor) {
  return page.reports.map((report, index) => ({report, index}))
    .filter(({report}) => report.family === family && report.splits[split] && report.splits[split].by[factor]);
}

// Sets with groups, and the factors of each.
function groupChoices() {
  const found = page.reports.flatMap(report => Object.entries(report.splits)
    .filter(([, scores]) => Object.keys(scores.by).length).map(([split]) => [report.family, split]));
  return familySets(found).map(set => ({...set, factors: [...new Set(page.reports.flatMap(report =>
    report.family === set.family && report.splits[set.split] ? Object.keys(report.splits[set.split].by) : []))]}));
}

const labelOfReport = index => {
  const row = page.board.find(one => one.report === index);
  return shortened(row ? row.label : page.reports[index].predictor.name);
};

// Those that compete first, best first, as on the board.
function byBoard(found) {
  const rank = index => {
    const place = page.board.findIndex(row => row.report === index);
    return place < 0 ? page.board.length : place + (page.board[place].anchor ? page.board.length : 0);
  };
  return [...found].sort((a, b) => rank(a.index) - rank(b.index));
}

function groupBar(group, place) {
  if (!group) return el('div', {class: 'bar-row'}, el('span', {class: 'bar'}), el('span', {class: 'bar-text'}, '-'));
  const exact = group.exact;
  return el('div', {class: 'bar-row'},
    el('span', {class: 'bar', 'aria-hidden': 'true'},
      el('span', {class: 'bar-fill', style: {width: placeOf(exact.value), background: seriesColour(place)}}),
      el('span', {class: 'bar-range', style: {left: placeOf(exact.low), width: placeOf(exact.high - exact.low)}})),
    el('span', {class: 'bar-text'}, percentText(exact)));
}

function groupsView(set, factor, order) {
  const shown = byBoard(reportsWith(set, factor)).slice(0, kMostBars);
  const by = shown.map(({report}) => report.splits[set.split].by[factor]);
  const values = [...new Set(by.flatMap(groups => Object.keys(groups)))];
  const exact = value => by[0][value] ? by[0][value].exact.value : 2;
  values.sort((a, b) => order === 'hardest' ? exact(a) - exact(b) || naturalOrder(a, b) : naturalOrder(a, b));
  const planned = value => (by.find(groups => groups[value]) || {})[value].planned;
  return [el('ul', {class: 'legend'}, shown.map(({index}, place) =>
    el('li', {}, el('span', {class: 'swatch', style: {background: seriesColour(place)}}), labelOfReport(index)))),
  el('div', {class: 'groups', role: 'list'}, values.map(value => el('div', {class: 'group', role: 'listitem'},
    el('div', {class: 'group-name'}, value, el('span', {class: 'note'}, ` ${plural(planned(value), 'question', 'questions')}`)),
    el('div', {}, shown.map((one, place) => el('div', {class: 'named-bar'},
      el('span', {class: 'hidden-text'}, labelOfReport(one.index) + ': '), groupBar(by[place][value], place)))))))];
}

function fillGroups() {
  const choices = groupChoices();
  if (!choices.length) return;
  const state = {set: choices[0].key, factor: choices[0].factors[0], order: 'hardest'};
  const view = el('div'), controls = el('div', {class: 'controls'});
  const draw = () => {
    const shown = choices.find(set => set.key === state.set);
    if (!shown.factors.includes(state.factor)) state.factor = shown.factors[0];
    const set = key => value => { state[key] = value; draw(); document.getElementById(`group-${key}`).focus(); };
    controls.replaceChildren(
      choice('Set', choices.map(one => [one.key, one.title]), state.set, set('set'), {id: 'group-set'}),
      choice('By', shown.factors.map(name => [name, name.replaceAll('_', ' ')]), state.factor, set('factor'), {id: 'group-factor'}),
      choice('Order', [['hardest', 'hardest first'], ['name', 'by name']], state.order, set('order'), {id: 'group-order'}));
    view.replaceChildren(...groupsView(shown, state.factor, state.order));
  };
  draw();
  show('groups', controls, view);
}
