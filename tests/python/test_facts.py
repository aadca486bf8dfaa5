"""The published files of facts, and the Hub's folder, as Python's own readers see them."""

import json
import shutil

import datasets
import pytest

from conftest import recombine

ENTITIES, RELATIONS, DEGREE = 60, 12, 6
END = "</a>"
SPECIALS = ["<mask>", "<sep>", "<a>", END, "<q>", "</q>", "<b>"]
HOPS = {"id_atomic": 1, "ood_atomic": 1, "train_inferred": 2, "test_inferred_iid": 2, "test_inferred_ood": 2}


def tokens(text):
    return [part + ">" for part in text.split(">")[:-1]]


@pytest.fixture(scope="module")
def world(work):
    """A small world with chains of thought, noise and three-hop tests."""
    recombine("generate", "facts", "--entities", ENTITIES, "--relations", RELATIONS, "--degree", DEGREE,
              "--lambda", 2, "--ood-fraction", 0.2, "--noise", 0.1, "--noise-hop", "second", "--hops", 3,
              "--out", work / "world")
    return work / "world"


@pytest.fixture(scope="module")
def files(work, world):
    recombine("export", world, "--format", "grokked", "--out", work / "grokked")
    return work / "grokked"


@pytest.fixture(scope="module")
def rows(files):
    return {file.stem: json.loads(file.read_text()) for file in files.glob("*.json")}


def count(world, name):
    return json.loads((world / name / "manifest.json").read_text())["count"]


def parse(row):
    """Head, relations and answer of a row, whose form is checked."""
    question, whole = tokens(row["input_text"]), tokens(row["target_text"])
    assert whole[:len(question)] == question and whole[-1] == END
    head, relations, answer = question[0], question[1:], whole[len(question):-1]
    assert all(token.startswith("<e_") for token in [head, *answer])
    assert all(token.startswith("<r_") for token in relations)
    assert len(answer) == len(relations)
    return head, relations, answer


def test_files_are_what_json_dump_writes(files):
    for file in files.glob("*.json"):
        text = file.read_text()
        assert json.dumps(json.loads(text)) == text, file


def test_vocabulary_is_entities_relations_specials(rows):
    assert rows["vocab"] == ([f"<e_{i}>" for i in range(ENTITIES)] + [f"<r_{i}>" for i in range(RELATIONS)]
                             + SPECIALS)
    known = set(rows["vocab"])
    for row in rows["train"] + rows["test"]:
        assert known.issuperset(tokens(row["target_text"]))


def test_sizes_are_those_of_the_world(rows, world):
    atomic = ENTITIES * DEGREE
    id_atomic = atomic - round(0.2 * atomic)
    assert len(rows["train"]) == count(world, "train") == atomic + 2 * id_atomic
    assert len(rows["valid"]) == count(world, "test_ood") > 0
    probes = ["id_atomic", "ood_atomic", "train_inferred", "test_id", "test_ood"]
    assert len(rows["test"]) == sum(count(world, name) for name in probes)
    assert sum(row["type"] == "ood_atomic" for row in rows["test"]) == atomic - id_atomic


def test_training_rows_are_atomic_facts_and_chains(rows):
    lengths = [len(parse(row)[1]) for row in rows["train"]]
    assert lengths == sorted(lengths) and set(lengths) == {1, 2}
    for row, length in zip(rows["train"], lengths):
        assert list(row) == ["input_text", "target_text"] + (["train_noise"] if length == 2 else [])
    noise = [row["train_noise"] for row in rows["train"] if "train_noise" in row]
    assert set(noise) == {0, 1} and sum(noise) < len(noise) / 4


def test_probes_come_in_order_with_their_types(rows):
    types = [row["type"] for row in rows["test"]]
    assert list(dict.fromkeys(types)) == list(HOPS)
    assert types == sorted(types, key=list(HOPS).index)
    for row in rows["test"]:
        noise = ["train_noise"] if HOPS[row["type"]] == 2 else []
        assert list(row) == ["input_text", "target_text", *noise, "type"]
        assert len(parse(row)[1]) == HOPS[row["type"]]
    ood = [row["target_text"] for row in rows["test"] if row["type"] == "test_inferred_ood"]
    assert [row["target_text"] for row in rows["valid"]] == ood


def test_ood_facts_are_trained_alone_only(rows):
    facts = {(head, relations[0]): answer[0]
             for head, relations, answer in map(parse, rows["train"]) if len(relations) == 1}
    ood = {(head, relations[0]) for head, relations, _ in
           map(parse, (row for row in rows["test"] if row["type"] == "ood_atomic"))}
    assert ood and ood.issubset(facts)

    def steps(row):
        head, relations, _ = parse(row)
        for relation in relations:
            yield head, relation
            head = facts[head, relation]

    for row in rows["train"]:
        if "train_noise" in row:
            assert not ood.intersection(steps(row)), row
    for row in rows["valid"] + rows["test_3hop_ood"]:
        assert ood.issuperset(steps(row)), row
    trained = {row["input_text"] for row in rows["train"]}
    for row in rows["test"]:
        assert (row["input_text"] in trained) == (not row["type"].startswith("test_")), row


def test_three_hops_are_two_halves(rows):
    for name in ["test_3hop_iid", "test_3hop_ood"]:
        assert rows[name]
        for row in rows[name]:
            assert list(row) == ["input_text", "target_text", "hop1", "hop2", "type"]
            head, (first, second, third), (bridge, middle, tail) = parse(row)
            assert row["hop1"] == [head + first + second, head + first + second + bridge + middle + END]
            assert row["hop2"] == [bridge + second + third, bridge + second + third + middle + tail + END]


def test_import_gives_the_same_files_again(work, files):
    recombine("import", "--format", "grokked", "--in", files, "--out", work / "world-again")
    recombine("export", work / "world-again", "--format", "grokked", "--out", work / "grokked-again")
    for file in files.glob("*.json"):
        assert (work / "grokked-again" / file.name).read_bytes() == file.read_bytes(), file


def test_answers_without_chains_are_one_entity(work):
    recombine("generate", "facts", "--entities", ENTITIES, "--relations", RELATIONS, "--degree", DEGREE,
              "--lambda", 1, "--cot", "off", "--out", work / "plain")
    recombine("export", work / "plain", "--format", "grokked", "--out", work / "plain-files")
    assert json.loads((work / "plain-files/vocab.json").read_text())[-1] == "</q>"
    for row in json.loads((work / "plain-files/train.json").read_text()):
        assert list(row) == ["input_text", "target_text"]
        assert len(tokens(row["target_text"])) == len(tokens(row["input_text"])) + 2


def test_comparisons_say_which_is_larger(work):
    recombine("generate", "facts", "--task", "comparison", "--entities", 40, "--relations", 3, "--values", 5,
              "--lambda", 2, "--out", work / "comparison")
    recombine("export", work / "comparison", "--format", "grokked", "--out", work / "comparison-files")
    train = json.loads((work / "comparison-files/train.json").read_text())
    pairs = [tokens(row["target_text"]) for row in train]
    value = {(row[0], row[1]): int(row[2][1:-1]) for row in pairs if len(row) == 4}
    assert len(value) == 40 * 3
    assert all(list(row) == ["input_text", "target_text", "type"] for row in train)
    compared = [row for row in pairs if len(row) != 4]
    assert compared
    for attribute, ask, one, mask, other, label, end in compared:
        assert (ask, mask, end) == ("<q>", "<mask>", END)
        a, b = value[one, attribute], value[other, attribute]
        assert label == f"{attribute[:-1]}_{(a > b) - (a < b) + 1}>"


def test_datasets_loads_the_hub_folder(work, world):
    recombine("export", world, "--format", "hf", "--out", work / "facts-hf")
    loaded = datasets.load_dataset(str(work / "facts-hf"), cache_dir=str(work / "cache"))
    assert {name: part.num_rows for name, part in loaded.items()} == {
        folder.name: count(world, folder.name) for folder in world.iterdir() if folder.is_dir()}
    for part in loaded.values():
        assert part.column_names == ["id", "type", "question", "answer", "input_text", "target_text", "path",
                                     "noisy"]
    row = loaded["test_ood"][0]
    assert row["target_text"] == (row["question"] + " " + row["answer"]).replace(" ", "")
    assert row["path"].split()[1:] == row["answer"].split()[:-1]


ODD_NAMES = ["test-ood", "my set", "1", "true", "all", "a..b", "donn\u00e9es", "x[:3]", "x" * 180, "a: b #c"]


def test_datasets_loads_sets_of_any_name(work, world):
    for name in ODD_NAMES:
        shutil.copytree(world / "test_ood", work / "odd" / name)
    recombine("export", work / "odd", "--format", "hf", "--out", work / "odd-hf")
    loaded = datasets.load_dataset(str(work / "odd-hf"), cache_dir=str(work / "cache"))
    assert len(loaded) == len(ODD_NAMES)
    assert {part.num_rows for part in loaded.values()} == {count(world, "test_ood")}
    assert {"1", "true", "all_", "test_ood", "a._b", "donn_es"} <= set(loaded)


def test_datasets_passes_over_a_set_without_items(work):
    recombine("generate", "facts", "--task", "complex", "--entities", 12, "--relations", 2, "--values", 3,
              "--sample-fraction", 0, "--out", work / "bare")
    recombine("export", work / "bare", "--format", "hf", "--out", work / "bare-hf")
    loaded = datasets.load_dataset(str(work / "bare-hf"), cache_dir=str(work / "cache"))
    counts = {folder.name: count(work / "bare", folder.name)
              for folder in (work / "bare").iterdir() if folder.is_dir()}
    assert counts["test_hard"] == 0
    assert {name: part.num_rows for name, part in loaded.items()} == {
        name: number for name, number in counts.items() if number}
    assert "| test_hard | 0 |" in (work / "bare-hf/README.md").read_text()


def test_jsonl_comes_back_as_the_same_records(work, world):
    recombine("export", world / "train", "--format", "jsonl", "--out", work / "facts.jsonl")
    recombine("import", "--format", "jsonl", "--in", work / "facts.jsonl", "--out", work / "facts-again")
    digests = [json.loads((folder / "manifest.json").read_text())["digest"]
               for folder in (world / "train", work / "facts-again")]
    assert digests[0] == digests[1]


def test_results_of_the_published_trainer_become_predictions(work, world, rows):
    folder = work / "checkpoint-5000"
    folder.mkdir()
    items = [{**row, "model_output": row["target_text"] + "<e_0>"} for row in rows["test"]]
    asked = [item for item in items if item["type"] == "test_inferred_ood"]
    asked[0]["model_output"] = asked[0]["input_text"] + "<e_0></a>"
    asked[1]["model_output"] = "<e_1>" + END
    items.remove(asked[2])
    (folder / "all_items.json").write_text(json.dumps(items))
    recombine("prompts", "import", "--data", world / "test_ood", "--responses", folder / "all_items.json", "--out",
              work / "published.jsonl")
    predictor = json.loads((work / "published.meta.json").read_text())["predictor"]
    assert predictor["kind"] == "model" and predictor["name"] == "checkpoint-5000"
    told = json.loads(recombine("evaluate", "--data", world, "--predictions", work / "published.jsonl", "--json"))
    scores = told["splits"]["test_ood"]
    assert scores["planned"] == len(asked) and scores["missing"] == 1
    assert scores["exact"]["value"] == pytest.approx(1 - 3 / len(asked))
