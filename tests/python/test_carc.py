"""Compositional-ARC's splits and config files, made again with Python's own random and json."""

import collections
import itertools
import json
import random

import pytest

from conftest import ROOT, recombine

OPTIONS = {
    "translation": {"direction": ["x", "y"], "step_size": [1]},
    "mirror": {"direction": ["x", "y"]},
    "rotation": {"rotation_type": [0, 8]},
    "set_color": {"new_color": [1, 2]},
    "grow": {"direction": ["-x", "-y"]},
}
ROLES = ["shape_transformation", "color_transformation", "indicator_transformation"]


def rules_of(episode):
    return [episode["meta_data"][role] for role in ROLES]


def label_of(rule):
    return rule["type"] + " " + " ".join(f"{name}_{value}" for name, value in rule["kwargs"].items())


def lines_of(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture(scope="module")
def all_episodes(work):
    """300 episodes of the published stream: the set, and its rows."""
    recombine("generate", "grids", "--stream", "published", "--episodes", 300, "--out", work / "carc-all")
    text = recombine("export", work / "carc-all", "--format", "carc", "--out", "-").decode()
    return work / "carc-all", [json.loads(line) for line in text.splitlines()]


class Split:
    """The split by the published rules."""

    def __init__(self, episodes, seed, shuffled, primitives, compositions, least):
        self.shuffled, self.primitives, self.compositions = shuffled, primitives, compositions
        random.seed(seed)
        triplets = list(itertools.combinations(OPTIONS, 3))
        random.shuffle(triplets)
        self.test_triplets, self.train_triplets = triplets[:2], triplets[2:]
        self.counts = collections.Counter()
        self.train = []
        for episode in self.of(episodes, self.train_triplets):
            self.counts.update(label_of(rule) for rule in rules_of(episode))
            self.train.append(self.kept(episode))
        held_out = [
            self.kept(episode)
            for episode in self.of(episodes, self.test_triplets)
            if all(self.counts[label_of(rule)] >= least for rule in rules_of(episode))
        ]
        self.val, self.test = held_out[: len(held_out) // 2], held_out[len(held_out) // 2 :]

    @staticmethod
    def of(episodes, triplets):
        sets = {frozenset(triplet) for triplet in triplets}
        return [episode for episode in episodes if frozenset(rule["type"] for rule in rules_of(episode)) in sets]

    def kept(self, episode):
        study = [pair for pairs in episode["primitive_functions"].values() for pair in pairs[: self.primitives]]
        study += [pair for pairs in episode["function_compositions"].values() for pair in pairs[: self.compositions]]
        if self.shuffled:
            random.shuffle(study)
        return {"study_examples": study, "queries": episode["queries"][:10], "meta_data": episode["meta_data"]}


CASES = [(1860, False, 2, 2, 0), (1870, True, 2, 2, 0), (3, True, 0, 2, 40), (1880, False, 3, 1, 55)]


@pytest.mark.parametrize("seed,shuffled,primitives,compositions,least", CASES)
def test_splits_and_their_config_are_the_published_ones(work, all_episodes, seed, shuffled, primitives, compositions, least):
    data, episodes = all_episodes
    ours = work / f"carc-split-{seed}"
    recombine("split", "--data", data, "--protocol", "published", "--seed", seed, "--primitives", primitives,
              "--compositions", compositions, "--min-func-examples", least, "--shuffle-study",
              str(shuffled).lower(), "--out", ours)
    recombine("export", ours, "--format", "carc", "--out", work / f"carc-files-{seed}")
    theirs = Split(episodes, seed, shuffled, primitives, compositions, least)
    for name in ["train", "val", "test"]:
        text = (work / f"carc-files-{seed}/{name}_systematicity_seed_{seed}.jsonl").read_text()
        assert text == lines_of(getattr(theirs, name))
    config = {
        "train_func_compositions": theirs.train_triplets,
        "test_func_compositions": theirs.test_triplets,
        "func_freq": theirs.counts,
        "train_func_kwargs": OPTIONS,
        "test_func_kwargs": OPTIONS,
        "num_train_samples": len(theirs.train),
        "num_val_samples": len(theirs.val),
        "num_test_samples": len(theirs.test),
        "args": {
            "verbose": 1,
            "seed": seed,
            "data_path": "data/all_episodes.jsonl",
            "num_samples": 300,
            "frac_test_compositions": 0.2,
            "min_func_examples": least,
            "shuffle_study_examples": shuffled,
            "num_train_samples": 0,
            "num_test_samples": 0,
            "num_primitives": primitives,
            "num_compositions": compositions,
            "num_queries": 10,
            "num_query_few_shots": 0,
        },
    }
    assert recombine("export", ours, "--format", "carc-config", "--out", "-").decode() == json.dumps(config, indent=4)


def test_an_imported_shuffled_split_is_answered(work, all_episodes):
    shuffled = work / "carc-shuffled"
    recombine("split", "--data", all_episodes[0], "--protocol", "published", "--min-func-examples", 0,
              "--shuffle-study", "true", "--out", shuffled)
    recombine("export", shuffled, "--format", "carc", "--out", work / "carc-shuffled-files")
    recombine("import", "--format", "carc", "--in", work / "carc-shuffled-files", "--out", work / "carc-imported")
    recombine("verify", work / "carc-imported")
    test = work / "carc-imported/test_ood"
    recombine("baseline", "oracle", "--data", test, "--out", work / "carc-oracle.jsonl")
    told = json.loads(recombine("evaluate", "--data", test, "--predictions", work / "carc-oracle.jsonl", "--json"))
    scores = told["splits"]["test_ood"]
    assert scores["exact"]["value"] == scores["whole_episodes"]["value"] == 1 and scores["planned"] > 100


def test_static_configs_are_the_published_ones(work):
    recombine("generate", "grids", "--static", "--seed", 1870, "--out", work / "static-again")
    recombine("split", "--data", work / "static-again", "--protocol", "published", "--seed", 5, "--out",
              work / "static-split")
    text = recombine("export", work / "static-again", "--format", "carc", "--out", "-").decode()
    episodes = [json.loads(line) for line in text.splitlines()]
    random.seed(5)
    random.shuffle(episodes)
    parts = {"train": episodes[:7], "test": episodes[7:]}
    values = {"train": {}, "test": {}}
    for name, part in parts.items():
        for rule in itertools.chain.from_iterable(map(rules_of, part)):
            for key, value in rule["kwargs"].items():
                known = values[name].setdefault(rule["type"], {}).setdefault(key, [])
                if value not in known:
                    known.append(value)
    config = {
        **{f"{name}_func_compositions": [[r["type"] for r in rules_of(e)] for e in parts[name]] for name in parts},
        **{f"{name}_func_kwargs": values[name] for name in parts},
        "num_train_samples": 290,
        "num_val_samples": 14,
        "num_test_samples": 14,
        "args": {
            "verbose": 1,
            "seed": 5,
            "data_path": "data/all_episodes.jsonl",
            "num_samples": 8,
            "num_train_samples": 0,
            "num_test_samples": 0,
            "frac_test_compositions": 0.2,
        },
    }
    ours = recombine("export", work / "static-split", "--format", "carc-config", "--out", "-").decode()
    assert ours == json.dumps(config, indent=4)


RESULTS = ["output: {}", "I think the output is {}", "output: [[0, 1]]"]


def test_published_results_become_predictions(work, all_episodes):
    split = work / "carc-results-split"
    recombine("split", "--data", all_episodes[0], "--protocol", "published", "--min-func-examples", 0, "--out", split)
    stored = recombine("export", split / "test_ood", "--format", "jsonl", "--out", "-").splitlines()
    answers = [json.loads(line)["queries"][0]["output"] for line in stored]
    folder = work / "gpt-4o"
    folder.mkdir()
    rows = [
        {"custom_id": f"test_sample_{i}", "status_code": 200, "error": None, "evaluator_input": ["..."],
         "evaluator_response": RESULTS[i % 3].format(answer)}
        for i, answer in enumerate(answers)
    ]
    rows[4]["error"], rows[4]["status_code"] = {"code": "server"}, 500
    random.seed(1)
    random.shuffle(rows)
    (folder / "batch_id_1.jsonl").write_text(lines_of(rows))
    recombine("prompts", "import", "--data", split / "test_ood", "--responses", folder, "--out", work / "llm.jsonl")
    meta = json.loads((work / "llm.meta.json").read_text())
    assert meta["predictor"]["name"] == "gpt-4o" and meta["planned"] == len(answers)
    told = json.loads(recombine("evaluate", "--data", split, "--predictions", work / "llm.jsonl", "--json"))
    right = sum(i % 3 < 2 and i != 4 for i in range(len(answers)))
    assert told["splits"]["test_ood"]["exact"]["value"] == pytest.approx(right / len(answers))


def rows_of(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


@pytest.fixture(scope="module")
def executor(work):
    """The trained executor's answers, study pairs asked again, to a split and to it shuffled."""
    files = []
    recombine("generate", "grids", "--episodes", 200, "--seed", 5, "--out", work / "executor-all")
    for shuffled in ["false", "true"]:
        split = work / f"executor-{shuffled}"
        recombine("split", "--data", work / "executor-all", "--shuffle-study", shuffled, "--out", split)
        files.append(work / f"executor-{shuffled}.jsonl")
        recombine("predict", "--run", ROOT / "models/pretrained/carc-executor", "--data", split / "test_ood", "--copies",
                  "--out", files[-1])
    return files


def test_an_executor_answers_shuffled_study_sets(executor):
    plain, shuffled = map(rows_of, executor)
    queries = [[(row["item"], row["query"], row["output"]) for row in rows if row["query"] < 10]
               for rows in (plain, shuffled)]
    assert queries[0] == queries[1]


def test_study_pairs_are_asked_again_where_they_stand(work, executor):
    for file, name in zip(executor, ["executor-false", "executor-true"]):
        told = json.loads(recombine("evaluate", "--data", work / name, "--predictions", file, "--json", "--published"))
        scores = told["splits"]["test_ood"]
        items = scores["planned"] // 10
        assert scores["copy"]["planned"] == 12 * items and scores["full_episode"]["planned"] == 22 * items
        assert scores["copy"]["exact"]["value"] > 0.9
        mean = (12 * scores["published"]["copy"]["exact"] + 10 * scores["published"]["figures"]["exact"]) / 22
        assert scores["published"]["full_episode"]["exact"] == pytest.approx(mean)
