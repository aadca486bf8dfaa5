// A session: questions one after the other, a clock, and the answers as a predictions file.

const set = page.sets[0];
const isGrids = set.family === 'grids';
const session = {name: 'person', questions: [], at: -1, started: 0, answers: [], player: null, shown: -1, parts: null};
const labelOfReport = index => shortened(page.names[index]);
const byId = id => document.getElementById(id);

// Empties a section but for its heading, and fills it.
function fill(id, ...children) {
  const section = byId(id);
  section.hidden = false;
  section.replaceChildren(section.querySelector('h2'), ...children.flat(Infinity).filter(child => child));
}

const hide = (...ids) => ids.forEach(id => { byId(id).hidden = true; });
const clockText = seconds => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
const seconds = since => (performance.now() - since) / 1000;
const allSeconds = () => session.answers.reduce((sum, one) => sum + one.seconds, 0);

function startView() {
  const all = questionsOf(set), counts = [...new Set([5, 10, 20, 50, all.length])].filter(count => count <= all.length);
  const name = el('input', {type: 'text', id: 'player', value: session.name, maxlength: 60, autocomplete: 'off'});
  let count = Math.min(20, all.length);
  if (!counts.includes(count)) counts.push(count);
  fill('start', el('p', {}, kAsked[set.family]),
    el('p', {}, `${plural(all.length, 'question', 'questions')} of ${set.name}. Your first answer to each counts. At the end the ` +
      'answers are saved as a file that recombine evaluate scores like those of a network.'),
    el('div', {class: 'controls'}, el('label', {class: 'choice'}, el('span', {}, 'Your name'), name),
      choice('Questions', counts.sort((a, b) => a - b).map(one => [one, one]), count, value => { count = Number(value); }, {id: 'count'}),
      lookChoices(() => startView())),
    el('button', {type: 'button', id: 'begin', onclick: () => {
      Object.assign(session, {name: name.value.trim() || 'person', questions: all.slice(0, count), answers: [], at: -1});
      hide('start', 'end');
      next();
    }}, 'Begin'));
}

function next() {
  session.at += 1;
  if (session.at >= session.questions.length) return finish();
  const question = session.questions[session.at];
  Object.assign(session, {started: performance.now(), shown: -1, parts: null});
  session.player = playerOf(question);
  drawStudy();
  layOut();
  byId('question').scrollIntoView();
  const first = isGrids ? session.player.squares[0] : session.player.element.querySelector('button, input');
  if (first) first.focus({preventScroll: true});
}

// What a person answers a question with.
function playerOf({item, query}) {
  if (isGrids) return new Board(parseGrid(query.in, item.side), refresh);
  if (item.directed === false) return new Comparison(item, query.out, refresh);
  const opening = query.out.startsWith('<a>') ? '<a>' : '';
  const said = (query.out.match(/<[^>]+>/g) || []).filter(token => token !== '<a>' && token !== '</a>').length;
  return new Trail({...item, said, opening}, refresh);
}

function drawStudy() {
  const {item} = session.questions[session.at];
  if (isGrids && item.study) fill('study', studyView(item));
}

const answered = () => session.answers[session.at];

function submit() {
  const {player} = session, question = session.questions[session.at];
  if (answered() || (!isGrids && !player.done)) return;
  const output = isGrids ? player.grid : player.output;
  const right = isGrids ? countWrong(output, truthOf(question)) === 0 : output === question.query.out;
  session.answers.push({question, output, right, helped: Boolean(player.helped), seconds: seconds(session.started)});
  player.locked = true;
  if (!isGrids) player.draw();
  showVerdict();
  byId('next').focus();
}

function clockLine() {
  const done = answered() ? allSeconds() : allSeconds() + seconds(session.started);
  const right = session.answers.filter(one => one.right).length;
  return `Question ${session.at + 1} of ${session.questions.length}; ${right} right of ${session.answers.length}; ${clockText(done)}`;
}

// What a network said of the same question, once it is answered.
function networkView(question) {
  if (!set.reports.length) return [];
  const choices = [[-1, 'nobody'], ...page.names.map((name, i) => [i, name])];
  const control = choice('Beside yours (M)', choices, session.shown, value => { session.shown = Number(value); showVerdict(); byId('beside').focus(); },
    {id: 'beside'});
  if (session.shown < 0) return [control];
  return [control, isGrids ? el('div', {class: 'row'}, answerFigure(question, set, session.shown)) : factAnswer(question, set, session.shown)];
}

function verdictView(question) {
  const {right, output} = answered(), {item, query} = question;
  const words = right ? 'Right.' : isGrids ? `Wrong: ${plural(countWrong(output, truthOf(question)), 'cell', 'cells')}.` : 'Wrong.';
  const truth = isGrids
    ? [el('p', {}, 'The rules: ', rulesText(item), '.'), el('div', {class: 'row'},
      gridFigure('your answer', gridSvg(output, 'your answer', right ? [] : wrongCells(output, truthOf(question)))),
      gridFigure('truth', gridSvg(truthOf(question), 'truth')))]
    : item.directed === false ? [el('p', {}, 'The answer: ', el('code', {}, query.out), ` (${kOrders[session.player.trueOrder][1]})`)]
    : [el('p', {}, 'The path: ', el('code', {}, query.out)),
      chainView(item.nodes.map((text, i) => [text, i === 0 ? 'head' : i + 1 === item.nodes.length ? 'tail' : 'bridge']), item.relations, true),
      leftPath(item, session.player.nodes.map((text, i) => [text, text === item.nodes[i] ? 'right' : 'wrong']))];
  return [el('p', {id: 'verdict', role: 'status', class: right ? 'is-right' : 'is-wrong'}, words), truth, networkView(question)].flat();
}

// The parts of a question; the board itself is never moved, so that a drag goes on.
function layOut() {
  const question = session.questions[session.at], {player} = session;
  const parts = {clock: el('p', {class: 'note', id: 'clock'}), tools: el('div'), verdict: el('div'),
    submit: el('button', {type: 'button', id: 'submit', 'aria-keyshortcuts': 'S', onclick: submit}, 'Submit (S)'),
    next: el('button', {type: 'button', id: 'next', 'aria-keyshortcuts': 'N', onclick: next},
      session.at + 1 === session.questions.length ? 'Finish (N)' : 'Next (N)')};
  session.parts = parts;
  const body = isGrids
    ? [el('div', {class: 'row play'}, gridFigure('input', gridSvg(parseGrid(question.query.in, question.item.side), 'input')),
      gridFigure('your answer', player.element)), parts.tools, el('p', {class: 'note'}, kBoardKeys)]
    : [el('p', {}, el('code', {}, question.query.in)), player.element];
  const looks = lookChoices(() => {
    drawStudy();
    layOut();
    if (isGrids) player.draw();
    if (answered()) showVerdict();
  });
  fill('question', parts.clock, body, el('div', {class: 'controls'}, parts.submit, parts.next), parts.verdict,
    el('div', {class: 'controls'}, looks));
  refresh();
}

// What changes with each stroke.
function refresh() {
  const {player, parts} = session, done = Boolean(answered());
  if (!parts) return;
  const {tool, colour} = document.activeElement.dataset;
  if (isGrids) parts.tools.replaceChildren(...boardTools(player));
  const kept = tool ? `[data-tool="${tool}"]` : colour ? `[data-colour="${colour}"]` : '';
  if (kept) parts.tools.querySelector(kept)?.focus({preventScroll: true});
  parts.clock.textContent = clockLine();
  parts.submit.disabled = done || (!isGrids && !player.done);
  parts.next.disabled = !done;
}

function showVerdict() {
  refresh();
  session.parts.verdict.replaceChildren(...verdictView(session.questions[session.at]).filter(part => part));
}

// A file that the browser saves.
function saveLink(name, text) {
  const href = URL.createObjectURL(new Blob([text], {type: 'application/octet-stream'}));
  return el('a', {download: name, href, id: name.replaceAll('.', '-')}, name);
}

const rowsOf = cells => Array.from({length: cells.side}, (unused, row) => cells.cells.slice(row * cells.side, (row + 1) * cells.side));

function predictionLines() {
  return session.answers.map(({question, output}) => JSON.stringify({item: question.item.id, query: question.query.query,
    output: isGrids ? rowsOf(output) : output, invalid: null, log_probability: null}) + '\n').join('');
}

function metaText() {
  const helped = session.answers.filter(one => one.helped).length;
  const note = `${plural(session.answers.length, 'answer', 'answers')} of a person in ${Math.round(allSeconds())} s` +
    (helped ? `, ${helped} of them with steps revealed` : '');
  return JSON.stringify({schema: 'recombine.predictions/1', predictor: {kind: 'person', name: session.name}, data_digest: set.digest,
    family: set.family, split: set.name, planned: session.questions.length, queries_per_item: 1,
    date: new Date().toISOString().slice(0, 10), note, planned_items: session.questions.map(one => one.item.id)}, null, 2) + '\n';
}

function finish() {
  hide('study', 'question');
  session.player = null;
  const right = session.answers.filter(one => one.right).length, all = session.questions.length;
  const others = page.names.map((name, i) => {
    const score = session.questions.filter(one => stateOf(one.answers[i]) === 'right').length;
    return el('li', {}, `${name}: ${score} of ${all}`);
  });
  fill('end', el('p', {class: 'answer', id: 'result'}, `${session.name}: ${right} of ${all} right in ${clockText(allSeconds())}.`),
    others.length ? el('ul', {}, others) : null,
    el('p', {}, 'Save both files into one folder: ', saveLink('predictions.jsonl', predictionLines()), ' and ',
      saveLink('predictions.meta.json', metaText()), '. Then:'),
    el('pre', {}, `recombine evaluate --data DIR --predictions predictions.jsonl --out ${set.name}-person.json\nrecombine leaderboard ${set.name}-person.json`),
    el('p', {class: 'note'}, `DIR is the folder of ${set.name}, digest ${set.digest}.`),
    el('button', {type: 'button', onclick: () => { hide('end'); startView(); }}, 'Play again'));
  byId('end').scrollIntoView();
}

document.addEventListener('keydown', event => {
  if (!session.player || ['INPUT', 'SELECT', 'TEXTAREA'].includes(event.target.tagName)) return;
  const plain = !event.altKey && !event.ctrlKey && !event.metaKey, key = event.key.toLowerCase();
  if (plain && key === 's' && !answered()) submit();
  else if (plain && key === 'n' && answered()) next();
  else if (plain && key === 'm' && answered() && set.reports.length) {
    session.shown = session.shown + 1 < page.names.length ? session.shown + 1 : -1;
    showVerdict();
  } else if (answered() || !(isGrids ? boardKey(session.player, event) : session.player.key(event))) return;
  event.preventDefault();
});

setInterval(() => {
  const clock = byId('clock');
  if (session.player && clock && !answered()) clock.textContent = clockLine();
}, 1000);
startView();
