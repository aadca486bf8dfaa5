// What families ask, and what their errors are.

const kAsked = {
  grids: 'Each episode shows three hidden rules, alone and in pairs, in its study pairs. A question is an input ' +
    'grid that needs all three; an answer is right where every cell of the output is. In distribution (ID): ' +
    'combinations of rules that training had. Out of distribution (OOD): combinations that it never had.',
  facts: 'A question names an entity and the relations to follow; an answer is right where all of it is. In ' +
    'distribution (ID): compositions of facts that were composed in training. Out of distribution (OOD): facts ' +
    'that were trained, but never composed.',
};

// What a kind of error is.
const kindSummary = (family, kind) => (page.kinds[family] || {})[kind] || kind;
