// Questions, their truth, and the answers of two predictors side by side.

const kCards = 12;
const gallery = {set: 0, first: 0, second: -1, answers: 'all', group: '', kind: '', side: '', size: '', order: 'stored', shown: kCards};

// In how many cells two answers differ; of facts 0 or 1.
function distance(question, a, b) {
  if (question.item.side === undefined) {
    const said = answer => answer === 1 ? question.query.out : answer ? answer.out : '';
    return said(a) === said(b) ? 0 : 1;
  }
  const one = answeredGrid(question, a), other = answeredGrid(question, b);
  if (!one || !other) return one || other ? (one || other).cells.length : 0;
  return one.side === other.side ? countWrong(one, other) : Math.max(one.cells.length, other.cells.length);
}

function matches(question) {
  const a = question.answers[gallery.first], b = question.answers[gallery.second];
  const right = stateOf(a) === 'right';
  if (gallery.answers === 'right' && !right) return false;
  if (gallery.answers === 'wrong' && (right || stateOf(a) === 'not asked')) return false;
  if (gallery.answers === 'differ' && distance(question, a, b) === 0) return false;
  if (gallery.answers === 'better' && !(right && stateOf(b) !== 'right')) return false;
  if (gallery.answers === 'worse' && !(!right && stateOf(b) === 'right')) return false;
  if (gallery.group && question.item.group !== gallery.group) return false;
  if (gallery.kind && !(a && a.kind === gallery.kind)) return false;
  if (gallery.size && String(question.item.size) !== gallery.size) return false;
  return !gallery.side || String(question.item.side) === gallery.side;
}

function ordered(questions) {
  if (gallery.order === 'stored') return questions;
  const other = gallery.order === 'differ' ? question => question.answers[gallery.second] : () => 1;
  const weights = new Map(questions.map(one => [one, distance(one, one.answers[gallery.first], other(one))]));
  return [...questions].sort((a, b) => weights.get(b) - weights.get(a));
}

// Values with how many questions have them, for a choice.
function countedChoices(all, questions, valueOf) {
  const counts = new Map();
  for (const question of questions) {
    const value = valueOf(question);
    if (value !== undefined && value !== null) counts.set(String(value), (counts.get(String(value)) || 0) + 1);
  }
  return [['', all], ...[...counts].sort((a, b) => naturalOrder(a[0], b[0])).map(([value, count]) => [value, `${value} (${count})`])];
}

function answerChoices(names) {
  const [a, b] = names, choices = [['all', 'all']];
  if (a) choices.push(['wrong', `${a} wrong`], ['right', `${a} right`]);
  if (b) choices.push(['differ', 'answers differ'], ['better', `${a} right, ${b} not`], ['worse', `${b} right, ${a} not`]);
  return choices;
}

function galleryControls(set, questions, redraw) {
  const names = set.reports.map(labelOfReport);
  const change = key => value => {
    gallery[key] = ['set', 'first', 'second'].includes(key) ? Number(value) : value;
    if (key === 'set') startSet();
    gallery.shown = kCards;
    redraw(key);
  };
  const predictors = names.map((name, i) => [i, name]);
  const groups = countedChoices('all', questions, one => one.item.group);
  const kinds = countedChoices('all', questions, one => one.answers[gallery.first] && one.answers[gallery.first].kind);
  const sides = countedChoices('all', questions, one => one.item.side);
  const sizes = countedChoices('all', questions, one => one.item.size);
  const orders = [['stored', 'as in the set'], ['wrong', 'most wrong first']];
  if (gallery.second >= 0) orders.push(['differ', 'where the two differ most']);
  const one = (label, key, choices) => choice(label, choices, gallery[key], change(key), {id: `gallery-${key}`});
  const sets = page.sets.map((each, i) => [i, each]).sort(([, a], [, b]) => familyOrder(a.family, b.family));
  return [one('Set', 'set', sets.map(([i, each]) => [i, `${each.title} (${each.family})`])),
    names.length ? one('Predictor', 'first', predictors) : null,
    names.length > 1 ? one('Beside it', 'second', [[-1, 'nobody'], ...predictors]) : null,
    names.length ? one('Answers', 'answers', answerChoices([names[gallery.first], names[gallery.second]])) : null,
    one(set.family === 'grids' ? 'Triplet' : 'Type', 'group', groups),
    kinds.length > 1 ? one('Error', 'kind', kinds) : null,
    sizes.length > 2 ? one('Shape size', 'size', sizes) : null,
    sides.length > 2 ? one('Side', 'side', sides) : null,
    names.length ? one('Order', 'order', orders) : null, lookChoices(() => redraw())].flat().filter(control => control);
}

// Predictors that a reader looks at first: the two best that compete.
function startSet() {
  const set = page.sets[gallery.set];
  const best = byBoard(set.reports.map(index => ({index}))).map(({index}) => set.reports.indexOf(index));
  Object.assign(gallery, {first: best.length ? best[0] : -1, second: best.length > 1 ? best[1] : -1, answers: 'all', group: '',
    kind: '', side: '', size: '', order: best.length > 1 ? 'differ' : 'stored', shown: kCards});
}

const galleryParts = {controls: el('div', {class: 'controls'}), status: el('p', {class: 'note', 'aria-live': 'polite', id: 'gallery-status'}),
  cards: el('div', {class: 'cards'}), more: el('button', {type: 'button', id: 'gallery-more'}, 'Show more')};

function drawGallery(key) {
  const set = page.sets[gallery.set], questions = questionsOf(set);
  if (gallery.second === gallery.first || gallery.second < 0) {
    gallery.second = -1;
    if (['differ', 'better', 'worse'].includes(gallery.answers)) gallery.answers = 'all';
    if (gallery.order === 'differ') gallery.order = 'stored';
  }
  galleryParts.controls.replaceChildren(...galleryControls(set, questions, drawGallery));
  const found = ordered(questions.filter(matches));
  const places = [gallery.first, gallery.second].filter(place => place >= 0);
  const card = set.family === 'facts' ? factCard : gridCard;
  galleryParts.cards.replaceChildren(...found.slice(0, gallery.shown).map(question => card(question, set, places)));
  galleryParts.status.textContent = `${plural(found.length, 'question', 'questions')} of the ${grouped(set.shown)} in this page ` +
    `(the set has ${grouped(set.asked || set.shown)}).`;
  galleryParts.more.hidden = found.length <= gallery.shown;
  const changed = key && document.getElementById(`gallery-${key}`);
  if (changed) changed.focus();
}

// From a kind of error to its examples.
function showExamples(split, report, kind) {
  gallery.set = page.sets.findIndex(set => set.name === split && set.reports.includes(report));
  startSet();
  Object.assign(gallery, {first: page.sets[gallery.set].reports.indexOf(report), second: -1, kind, order: 'stored'});
  drawGallery();
  document.getElementById('gallery').scrollIntoView();
  document.getElementById('gallery-kind').focus();
}

function fillGallery() {
  if (!page.sets.some(set => set.items.length)) return;
  const shown = page.sets.filter(set => set.items.length).sort((a, b) => familyOrder(a.family, b.family));
  gallery.set = page.sets.indexOf(shown.find(set => kOodSets.includes(set.name)) || shown[0]);
  startSet();
  drawGallery();
  galleryParts.more.addEventListener('click', () => { gallery.shown += kCards; drawGallery(); });
  show('gallery', galleryParts.controls, galleryParts.status, galleryParts.cards, galleryParts.more);
}
