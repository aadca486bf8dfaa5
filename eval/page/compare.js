// A comparison of two entities: a person says which has the larger value, and may look at what training told of them.

const kOrders = [['<', 'smaller'], ['=', 'equal'], ['>', 'larger']];

class Comparison {
  // `truth`: the answer's text, in which a label such as <attr_3_2> stands.
  constructor(item, truth, changed) {
    Object.assign(this, {item, truth, changed, order: -1, locked: false});
    this.element = el('div', {class: 'trail'});
    this.draw();
  }

  get done() { return this.order >= 0; }
  get trueOrder() { return Number(this.truth.match(/_(\d)>/)[1]); }
  // The answer as a network gives it.
  get output() { return this.truth.replace(/_\d>/, `_${this.order}>`); }

  pick(order) {
    if (this.locked) return;
    this.order = order;
    this.draw();
    this.element.querySelector(`[data-order="${order}"]`).focus();
  }

  reveal() {
    if (this.locked) return;
    this.helped = true;
    this.pick(this.trueOrder);
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    const order = ['1', '2', '3'].indexOf(event.key);
    if (order >= 0) this.pick(order);
    else if (event.key.toLowerCase() === 'v') this.reveal();
    else return false;
    return true;
  }

  draw() {
    const [first, second] = this.item.nodes, attribute = this.item.relations[0];
    const told = entity => {
      const known = (page.facts[entity] || []).find(([relation]) => relation === attribute);
      return el('li', {}, `${entity}: `, known ? el('strong', {}, `${attribute} is ${known[1]}`) : `training did not tell its ${attribute}`);
    };
    this.element.replaceChildren(
      el('p', {}, `Is the ${attribute} of ${first} smaller than that of ${second}, equal, or larger?`),
      el('ul', {}, told(first), told(second)),
      el('div', {class: 'controls'}, kOrders.map(([sign, word], order) => el('button', {type: 'button', 'data-order': order,
        'aria-keyshortcuts': order + 1, 'aria-pressed': String(this.order === order), disabled: this.locked,
        onclick: () => this.pick(order)}, `${first} ${sign} ${second}: ${word} (${order + 1})`))),
      el('div', {class: 'controls'}, el('button', {type: 'button', 'data-tool': 'reveal', 'aria-keyshortcuts': 'V', disabled: this.locked,
        onclick: () => this.reveal()}, 'Reveal the answer (V)')));
    this.changed();
  }
}
