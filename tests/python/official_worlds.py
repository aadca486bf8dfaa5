"""Small worlds in the form of the published files (arXiv 2405.15071 and 2502.04667), written from their
description by Python's own json.dump: what strangers have on disk."""

import itertools
import json
import random

END = "</a>"
SPECIALS = ["<mask>", "<sep>", "<a>", END, "<q>", "</q>"]


def row(question, answer, **more):
    text = "".join(question)
    return {"input_text": text, "target_text": text + "".join(answer) + END, **more}


def write(folder, **files):
    folder.mkdir(parents=True)
    for name, rows in files.items():
        with open(folder / f"{name}.json", "w", encoding="utf-8") as file:
            json.dump(rows, file)
    return folder


def typed(rows, name):
    return [{**one, "type": name} for one in rows]


class Graph:
    """Facts of 40 entities, a fifth of them OOD, and the chains along them."""

    def __init__(self, seed, entities=40, relations=9, degree=5):
        self.draw = random.Random(seed)
        self.entities = [f"<e_{i}>" for i in range(entities)]
        self.relations = [f"<r_{i}>" for i in range(relations)]
        self.facts = {entity: [(relation, self.draw.choice(self.entities))
                               for relation in self.draw.sample(self.relations, degree)]
                      for entity in self.entities}
        every = [(head, *fact) for head, facts in self.facts.items() for fact in facts]
        self.draw.shuffle(every)
        self.ood, self.id = every[:len(every) // 5], every[len(every) // 5:]
        self.held_out = set(self.ood)

    def sample(self, rows, most):
        return rows if most >= len(rows) else self.draw.sample(rows, most)

    def two_hops(self):
        for head, facts in self.facts.items():
            for first, bridge in facts:
                yield head, first, bridge


def composition(folder, chains, noise=0.0, three_hops=False, seed=1):
    """noise: of the first hop, whose false bridge stays in force for what follows, as published."""
    graph = Graph(seed)
    train, test_id, test_ood = [], [], []

    def item(head, first, second, bridge, tail, marked=0):
        question = [head, first, second]
        return row(question, [bridge, tail], train_noise=marked) if chains else row(question, [tail])

    for head, first, true_bridge in graph.two_hops():
        bridge = true_bridge
        for second, tail in graph.facts[true_bridge]:
            hops = [(head, first, bridge) in graph.held_out, (bridge, second, tail) in graph.held_out]
            if all(hops):
                test_ood.append(item(head, first, second, bridge, tail))
            if any(hops):
                continue
            if graph.draw.random() < 0.1:
                test_id.append(item(head, first, second, bridge, tail))
            elif graph.draw.random() < noise:
                bridge = graph.draw.choice(graph.entities)
                train.append(item(head, first, second, bridge, tail, 1))
            else:
                train.append(item(head, first, second, bridge, tail))
    id_atomic = [row([head, relation], [tail]) for head, relation, tail in graph.id]
    ood_atomic = [row([head, relation], [tail]) for head, relation, tail in graph.ood]
    train = graph.sample(train, 200)
    test_ood = graph.sample(test_ood, 30)
    files = {"train": id_atomic + ood_atomic + train, "valid": test_ood,
             "test": typed(graph.sample(id_atomic, 50), "id_atomic") + typed(ood_atomic, "ood_atomic")
                     + typed(graph.sample(train, 40), "train_inferred")
                     + typed(graph.sample(test_id, 30), "test_inferred_iid")
                     + typed(test_ood, "test_inferred_ood"),
             "vocab": graph.entities + graph.relations + SPECIALS + (["<b>"] if chains else [])}
    if three_hops:
        files |= three_hop_files(graph)
    return write(folder, **files)


def three_hop_files(graph):
    found = {"iid": [], "ood": []}
    for head, first, bridge in graph.two_hops():
        for second, middle in graph.facts[bridge]:
            for third, tail in graph.facts[middle]:
                hops = {(head, first, bridge), (bridge, second, middle), (middle, third, tail)}
                known = graph.held_out & hops
                if known and known != hops:
                    continue
                halves = [row([head, first, second], [bridge, middle]),
                          row([bridge, second, third], [middle, tail])]
                hop1, hop2 = ([half["input_text"], half["target_text"]] for half in halves)
                found["ood" if known else "iid"].append(
                    row([head, first, second, third], [bridge, middle, tail], hop1=hop1, hop2=hop2))
    return {f"test_3hop_{kind}": typed(graph.sample(rows, 25), f"test_{kind}_3hop")
            for kind, rows in found.items()}


class Ages:
    """Values of 12 entities, of which a third is OOD for each attribute, and their comparisons."""

    def __init__(self, brackets, seed=2, entities=12, attributes=3, values=5):
        self.draw = random.Random(seed)
        self.brackets = brackets
        self.entities = [f"<e_{i}>" for i in range(entities)]
        self.attributes = [f"<attr_{i}>" for i in range(attributes)]
        labels = [f"<attr_{i}_{order}>" for i in range(attributes) for order in range(3)]
        self.vocabulary = (self.entities + self.attributes + [f"<{i}>" for i in range(values)] + SPECIALS
                           + labels)
        self.values = {key: self.draw.randrange(values)
                       for key in itertools.product(self.entities, self.attributes)}
        self.ood = {(entity, attribute) for attribute in self.attributes
                    for entity in self.draw.sample(self.entities, entities // 3)}

    def atomic(self, ood):
        name = "ood_atomic" if ood else "id_atomic"
        keys = [key for key in self.values if (key in self.ood) == ood]
        self.draw.shuffle(keys)
        for entity, attribute in keys:
            value = f"<{self.values[entity, attribute]}>"
            if self.brackets:
                yield row(["<q>", entity, attribute, "<mask>", "</q>"], ["<a>", value], type=name)
            else:
                yield row([entity, attribute], [value], type=name)

    def pairs(self, ood_entities, name):
        """Comparisons of both orders, with so many OOD entities, shuffled."""
        rows = []
        for attribute in self.attributes:
            for one, other in itertools.permutations(self.entities, 2):
                if len({(one, attribute), (other, attribute)} & self.ood) != ood_entities:
                    continue
                a, b = self.values[one, attribute], self.values[other, attribute]
                label = f"{attribute[:-1]}_{(a > b) - (a < b) + 1}>"
                question = [attribute, "<q>", one, "<mask>", other]
                rows.append(row(question + ["</q>"], ["<a>", label], type=name) if self.brackets
                            else row(question, [label], type=name))
        self.draw.shuffle(rows)
        return rows


def comparison(folder):
    ages = Ages(brackets=False)
    id_atomic, ood_atomic = list(ages.atomic(False)), list(ages.atomic(True))
    pairs = ages.pairs(0, "train_inferred")
    train, test_id = pairs[:90], typed(pairs[90:110], "test_inferred_iid")
    test_ood = ages.pairs(2, "test_inferred_ood")[:15]
    return write(folder, train=id_atomic + ood_atomic + train, valid=test_ood,
                 test=test_ood + id_atomic[:10] + ood_atomic[:8] + test_id + train[5:25],
                 vocab=ages.vocabulary)


def complex_reasoning(folder):
    ages = Ages(brackets=True)
    id_atomic, ood_atomic = list(ages.atomic(False)), list(ages.atomic(True))
    pairs, cross = ages.pairs(0, "train_inferred_topleft"), ages.pairs(1, "train_inferred_cross")
    topleft, test_id = pairs[:60], typed(pairs[60:80], "test_inferred_iid")
    both = ages.pairs(2, "test_inferred_ood")
    test_ood, hard = both[:12], typed(both[6:20], "test_hard")
    return write(folder, train=id_atomic + topleft + cross[:50], valid=test_ood,
                 test=test_ood + id_atomic[:10] + test_id + ood_atomic + topleft[3:20] + cross[:15] + hard,
                 vocab=ages.vocabulary)


WORLDS = {
    "composition": lambda folder: composition(folder, chains=False),
    "composition-cot": lambda folder: composition(folder, chains=True),
    "composition-noise": lambda folder: composition(folder, chains=True, noise=0.4),
    "composition-three-hops": lambda folder: composition(folder, chains=True, three_hops=True),
    "comparison": comparison,
    "complex": complex_reasoning,
}
