'use strict';
// What all scripts of a page use. Whatever comes from data becomes text, never HTML.

const page = JSON.parse(document.getElementById('data').textContent);
const kSvg = 'http://www.w3.org/2000/svg';

// Control characters but for line ends, and signs that turn the direction of what follows, as "\x00" or "\u202e".
function visible(text) {
  return String(text).replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, sign => {
    const code = sign.charCodeAt(0);
    return code < 256 ? '\\x' + code.toString(16).padStart(2, '0') : '\\u' + code.toString(16);
  });
}

function addTo(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style') Object.assign(element.style, value);
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : visible(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : visible(child));
  }
  return element;
}

// el('p', {class: 'note', onclick: f}, 'text', another): an element.
function el(tag, attributes = {}, ...children) {
  return addTo(document.createElement(tag), attributes, children);
}

// The same of a drawing.
function svg(tag, attributes = {}, ...children) {
  return addTo(document.createElementNS(kSvg, tag), attributes, children);
}

// Fills the section with this id and shows it.
function show(id, ...children) {
  const section = document.getElementById(id);
  section.hidden = false;
  section.append(...children.flat(Infinity));
  return section;
}

const percent = share => (100 * share).toFixed(1);
const grouped = number => Math.round(number).toString().replace(/\B(?=(\d{3})+$)/g, ',');
const plural = (count, one, many) => `${grouped(count)} ${count === 1 ? one : many}`;

// "78.3 % [77.0, 79.6]"; without the interval where there is none.
function percentText(interval) {
  if (!interval) return '-';
  const value = `${percent(interval.value)} %`;
  return interval.low === undefined ? value : `${value} [${percent(interval.low)}, ${percent(interval.high)}]`;
}

// A name as long as a line.
const shortened = (name, most = 60) => name.length > most ? name.slice(0, most - 1) + '…' : name;

// A choice with a label; `choices`: [value, text] each. Calls change(value).
function choice(label, choices, value, change, attributes = {}) {
  const select = el('select', {...attributes, onchange: event => change(event.target.value)},
    choices.map(([name, text]) => el('option', {value: name}, text)));
  for (const [i, [name]] of choices.entries()) select.options[i].value = name;
  select.value = value;
  return el('label', {class: 'choice'}, el('span', {}, label), select);
}

// Of names, numbers in them counted as numbers.
const naturalOrder = (a, b) => a.localeCompare(b, 'en', {numeric: true});

// Colours that tell predictors apart, in light and dark (Okabe and Ito 2008, less yellow).
const seriesColour = index => `var(--series-${index % 6})`;
