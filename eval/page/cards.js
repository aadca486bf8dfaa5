// Questions with their truth and what was answered, as cards.

// A question with where it stands: {item, query, answers}.
const questionsOf = set => set.items.flatMap(item => item.queries.map(query => ({item, query, answers: query.answers || []})));

function stateOf(answer) {
  if (answer === undefined || answer === null) return 'not asked';
  if (answer === 1) return 'right';
  if (answer === 0) return 'not answered';
  return answer.why ? 'no answer' : 'wrong';
}

const truthOf = ({item, query}) => parseGrid(query.out, item.side);

// The grid that was answered; nothing where there is none.
function answeredGrid(question, answer) {
  if (answer === 1) return truthOf(question);
  if (!answer || answer.out === undefined || answer.why) return null;
  return parseGrid(answer.out, answer.side || question.item.side);
}

function verdictText(question, answer, grid) {
  const state = stateOf(answer);
  if (state !== 'wrong' || !grid) return answer && answer.verdict ? answer.verdict : state;
  return `wrong: ${plural(countWrong(grid, truthOf(question)), 'cell', 'cells')}`;
}

function reasonOf(family, answer) {
  if (!answer || answer === 1) return null;
  const words = [answer.kind && kindSummary(family, answer.kind), answer.changes, answer.why].filter(word => word);
  return words.length ? el('span', {class: 'reason'}, shortened(words.join('; '), 200)) : null;
}

function gridFigure(caption, content, style = '') {
  return el('figure', {class: style}, content, el('figcaption', {}, caption));
}

function answerFigure(question, set, place) {
  const answer = question.answers[place], grid = answeredGrid(question, answer), name = labelOfReport(set.reports[place]);
  const style = stateOf(answer) === 'right' ? 'is-right' : 'is-wrong';
  const caption = [el('strong', {}, name), ' ', el('span', {class: style}, verdictText(question, answer, grid)),
    reasonOf(set.family, answer)];
  if (!grid) return gridFigure(caption, el('div', {class: 'no-grid'}, stateOf(answer)));
  return gridFigure(caption, gridSvg(grid, `answer of ${name}`, answer === 1 ? [] : wrongCells(grid, truthOf(question))));
}

const kRoleNames = ['shape', 'colour', 'indicator', 'indicator2', 'indicator3', 'indicator4'];
const rolesText = roles => kRoleNames.filter((name, bit) => roles & (1 << bit)).join(' + ') || 'rules unknown';

// The study pairs of an episode by the rules in force.
function studyView(item) {
  const sections = new Map();
  for (const [roles, input, output] of item.study) sections.set(roles, [...(sections.get(roles) || []), [input, output]]);
  return el('div', {class: 'study'}, [...sections].map(([roles, pairs]) => el('div', {class: 'section'},
    el('h4', {}, rolesText(roles)), el('div', {class: 'pairs'}, pairs.map(([input, output]) => el('span', {class: 'pair'},
      gridSvg(parseGrid(input, item.side), 'study input'), el('span', {class: 'arrow', 'aria-hidden': 'true'}, '→'),
      gridSvg(parseGrid(output, item.side), 'study output')))))));
}

function rulesText(item) {
  return item.rules.map((rule, i) => rule ? `${kRoleNames[i]}: ${rule}` : '').filter(text => text).join('; ');
}

function studyDetails(item) {
  if (!item.study) return null;
  const details = el('details', {}, el('summary', {}, 'study pairs'));
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(studyView(item));
  });
  return details;
}

function gridCard(question, set, places) {
  const {item, query} = question;
  return el('article', {class: 'card'}, el('h3', {}, `${item.id}, query ${query.query}`), el('p', {class: 'note'}, rulesText(item)),
    el('div', {class: 'row'}, gridFigure('input', gridSvg(parseGrid(query.in, item.side), 'input')),
      gridFigure('truth', gridSvg(truthOf(question), 'truth')), places.map(place => answerFigure(question, set, place))),
    studyDetails(item));
}

// Head, bridges and tail with the relations between them; `styles`: of each node.
function chainView(nodes, relations, directed) {
  return el('div', {class: 'chain'}, nodes.map(([text, style], i) => [
    i > 0 ? el('span', {class: 'relation'}, relations[Math.min(i, relations.length) - 1], directed ? ' →' : '') : null,
    el('span', {class: `node ${style}`}, text, style === 'wrong' ? el('span', {class: 'hidden-text'}, ' (wrong)') : null)]));
}

// Where an answer left the path: its first wrong entity.
function leftPath(item, nodes) {
  const place = (nodes || []).findIndex(([, style]) => style === 'wrong');
  if (place < 1) return null;
  const where = place + 1 === item.nodes.length ? 'at the last hop' : `at hop ${place}`;
  return el('p', {class: 'note'}, `Left the path ${where}: ${nodes[place][0]} instead of ${item.nodes[place]}.`);
}

function factAnswer(question, set, place) {
  const {item, query} = question, answer = question.answers[place], name = labelOfReport(set.reports[place]);
  const style = stateOf(answer) === 'right' ? 'is-right' : 'is-wrong';
  const nodes = answer && answer.nodes;
  return el('div', {class: 'fact-answer'}, el('p', {}, el('strong', {}, name), ' ',
    el('code', {}, answer === 1 ? query.out : shortened(answer && answer.out || '', 120)), ' ', el('span', {class: style}, verdictText(question, answer, null)),
    reasonOf(set.family, answer)), nodes ? chainView(nodes, item.relations, true) : null, leftPath(item, nodes));
}

function factCard(question, set, places) {
  const {item, query} = question, directed = item.directed !== false;
  return el('article', {class: 'card'}, el('h3', {}, item.id), el('p', {class: 'note'}, item.group, item.noisy ? ', its answer is noise' : ''),
    el('p', {}, el('code', {}, query.in), ' → ', el('code', {}, query.out)),
    chainView(item.nodes.map((text, i) => [text, i === 0 ? 'head' : i + 1 === item.nodes.length ? 'tail' : 'bridge']), item.relations, directed),
    places.map(place => factAnswer(question, set, place)));
}
