// Learning curves, and whether probabilities are what they say.

const kPlot = {width: 640, height: 300, left: 46, right: 12, top: 10, bottom: 34};

// An empty plot with axes; `x` and `y` are functions from values to places.
function plotOf(label, most, xTitle, yTitle) {
  const {width, height, left, right, top, bottom} = kPlot;
  const x = value => left + (width - left - right) * (most ? value / most : 0);
  const y = share => height - bottom - (height - top - bottom) * share;
  const drawing = svg('svg', {viewBox: `0 0 ${width} ${height}`, class: 'plot', role: 'img', 'aria-label': label});
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    drawing.append(svg('path', {d: `M${left} ${y(share)}H${width - right}`, class: 'axis'}),
      svg('text', {x: left - 6, y: y(share) + 4, 'text-anchor': 'end'}, 100 * share));
  }
  for (const part of [0, 0.5, 1]) {
    const anchor = part === 0 ? 'start' : part === 1 ? 'end' : 'middle';
    const value = most === 1 ? part : grouped(part * most);
    drawing.append(svg('text', {x: x(part * most), y: height - bottom + 16, 'text-anchor': anchor}, value));
  }
  drawing.append(svg('text', {x: (left + width - right) / 2, y: height - 2, 'text-anchor': 'middle'}, xTitle),
    svg('text', {x: 12, y: (top + height - bottom) / 2, 'text-anchor': 'middle',
      transform: `rotate(-90 12 ${(top + height - bottom) / 2})`}, yTitle));
  return {drawing, x, y};
}

const kDashes = ['', '7 4', '2 3', '9 3 2 3', '4 2', '1 2'];

function runFacts(about) {
  const facts = [about.model, about.parameters && `${grouped(about.parameters)} parameters`,
    about.steps && `${grouped(about.step || about.steps)} of ${grouped(about.steps)} steps`,
    about.wall_seconds && `${grouped(about.wall_seconds)} s by the clock`, about.device, about.status];
  return facts.filter(fact => fact).join(', ');
}

function runView(run) {
  const most = Math.max(...run.curves.flatMap(curve => curve.points.map(([step]) => step)), 0);
  const last = curve => curve.points[curve.points.length - 1][1];
  const words = run.curves.map(curve => `${curve.name} ends at ${percent(last(curve))} %`).join(', ');
  const {drawing, x, y} = plotOf(`exact match over steps of ${run.name}: ${words}`, most, 'steps', 'exact %');
  run.curves.forEach((curve, i) => drawing.append(svg('path', {class: 'curve', 'stroke-dasharray': kDashes[i % 6],
    style: {stroke: seriesColour(i)}, d: 'M' + curve.points.map(([step, share]) => `${x(step)} ${y(share)}`).join('L')})));
  return el('figure', {class: 'wide'}, el('figcaption', {}, el('strong', {}, run.name), ' ', runFacts(run.about)),
    run.curves.length ? [drawing, el('ul', {class: 'legend'}, run.curves.map((curve, i) =>
      el('li', {}, el('span', {class: 'swatch', style: {background: seriesColour(i)}}), `${curve.name}: ${percent(last(curve))} %`)))] : null);
}

function calibrationView(label, split, calibration) {
  const {drawing, x, y} = plotOf(`${label} on ${split}: exact match by stated probability`, 1, 'probability', 'exact %');
  const most = Math.max(...calibration.bins.map(bin => bin.answers), 1);
  drawing.append(svg('path', {d: `M${x(0)} ${y(0)}L${x(1)} ${y(1)}`, class: 'axis'}));
  for (const bin of calibration.bins) {
    drawing.append(svg('circle', {cx: x(bin.probability), cy: y(bin.exact), r: 3 + 8 * Math.sqrt(bin.answers / most), class: 'bin'},
      svg('title', {}, `${grouped(bin.answers)} answers`)));
  }
  return el('figure', {class: 'wide'}, el('figcaption', {}, el('strong', {}, `${label} on ${split}`),
    ` calibration error ${percent(calibration.error)} points`), drawing);
}

function fillCurves() {
  if (page.runs.length) show('curves', el('div', {class: 'figures'}, page.runs.map(runView)));
  const views = page.reports.flatMap((report, index) => Object.entries(report.splits)
    .filter(([, split]) => split.calibration)
    .map(([name, split]) => calibrationView(labelOfReport(index), name, split.calibration)));
  if (views.length) show('calibration', el('div', {class: 'figures'}, views));
}
