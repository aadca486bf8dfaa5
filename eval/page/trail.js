// A question about facts as a path: a person picks a fact at each step, or types the entity.

class Trail {
  constructor(item, changed) {
    Object.assign(this, {item, changed, picked: [], shown: 0, locked: false});
    this.element = el('div', {class: 'trail'});
    this.draw();
  }

  // Entities from the head on, as far as they are picked.
  get nodes() { return [this.item.nodes[0], ...this.picked]; }
  get done() { return this.picked.length + 1 >= this.item.nodes.length; }
  // What was asked for, with bridges where the answer has them, as a network gives it.
  get output() {
    const tokens = this.picked.slice(this.picked.length - this.item.said);
    return this.item.opening + tokens.map(token => `<${token}>`).join('') + '</a>';
  }

  pick(entity) {
    if (this.locked || this.done) return;
    this.picked.push(entity);
    this.draw();
    this.element.querySelector('button, input')?.focus();
  }

  back() {
    if (this.locked || !this.picked.length) return;
    this.picked.pop();
    this.draw();
  }

  // The next entity of the true path; it is marked as helped.
  reveal() {
    if (this.locked || this.done) return;
    this.helped = true;
    this.pick(this.item.nodes[this.picked.length + 1]);
  }

  key(event) {
    if (event.target.tagName === 'INPUT' || event.altKey || event.ctrlKey || event.metaKey) return false;
    const key = event.key.toLowerCase();
    if (key === 'u') this.back();
    else if (key === 'v') this.reveal();
    else return false;
    return true;
  }

  // Facts of the present entity that go along the relation that is next.
  facts() {
    const from = this.nodes[this.nodes.length - 1];
    return (page.facts[from] || []).map(([relation, tail]) => ({relation, tail}));
  }

  draw() {
    const next = this.item.relations[this.picked.length];
    const typed = el('input', {type: 'text', id: 'trail-entity', autocomplete: 'off', placeholder: 'e_12', maxlength: 40});
    const take = () => { if (typed.value.trim()) this.pick(typed.value.trim()); };
    typed.addEventListener('keydown', event => { if (event.key === 'Enter') { event.preventDefault(); take(); } });
    const facts = this.facts();
    const ask = this.done ? [] : [
      el('p', {}, `Step ${this.picked.length + 1}: from ${this.nodes[this.nodes.length - 1]} along ${next}.`),
      facts.length ? el('ul', {class: 'facts'}, facts.map(({relation, tail}) => el('li', {},
        el('button', {type: 'button', class: 'small', 'data-pick': tail, onclick: () => this.pick(tail)}, `${relation} → ${tail}`)))) : null,
      el('div', {class: 'controls'}, el('label', {class: 'choice'}, el('span', {}, 'Entity'), typed),
        el('button', {type: 'button', onclick: take}, 'Go there'))];
    const nodes = this.nodes.map((text, i) => [text, i === 0 ? 'head' : 'bridge']);
    this.element.replaceChildren(chainView(nodes, this.item.relations, true), ...ask.filter(part => part),
      el('div', {class: 'controls'},
        el('button', {type: 'button', 'data-tool': 'undo', 'aria-keyshortcuts': 'U', disabled: this.locked || !this.picked.length,
          onclick: () => this.back()}, 'Back (U)'),
        el('button', {type: 'button', 'data-tool': 'reveal', 'aria-keyshortcuts': 'V', disabled: this.locked || this.done,
          onclick: () => this.reveal()}, 'Reveal this step (V)')));
    this.changed();
  }
}
