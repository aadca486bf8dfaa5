"""Our exports as Python's own readers see them."""

import json

import datasets
import numpy as np
import pytest

from conftest import recombine


def test_carc_lines_are_what_json_dumps_writes(work):
    recombine("generate", "grids", "--stream", "published", "--episodes", 20, "--out", work / "published")
    text = recombine("export", work / "published", "--format", "carc", "--out", "-").decode()
    rows = [json.loads(line) for line in text.splitlines()]
    assert len(rows) == 20
    assert "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows) == text
    queries = np.array([row["queries"] for row in rows])
    assert queries.shape == (20, 14, 2, 10, 10)
    assert queries.min() == 0 and queries.max() <= 9


def test_arc_tasks_hold_study_pairs_and_queries(work, split):
    recombine("export", split / "test_ood", "--format", "arc", "--out", work / "arc")
    tasks = sorted((work / "arc").glob("*.json"))
    manifest = json.loads((split / "test_ood/manifest.json").read_text())
    assert len(tasks) == manifest["count"] > 0
    for file in tasks:
        task = json.loads(file.read_text())
        assert set(task) == {"train", "test"}
        assert len(task["train"]) == 6
        for pair in task["train"] + task["test"]:
            assert np.array(pair["input"]).shape == np.array(pair["output"]).shape == (6, 6)


def test_bundle_has_a_solution_for_every_challenge(work, split):
    recombine("export", split, "--format", "arc-bundle", "--out", work / "bundle")
    challenges = json.loads((work / "bundle/test_ood_challenges.json").read_text())
    solutions = json.loads((work / "bundle/test_ood_solutions.json").read_text())
    assert list(challenges) == list(solutions)
    for name, challenge in challenges.items():
        assert len(challenge["test"]) == len(solutions[name])
        assert all(set(query) == {"input"} for query in challenge["test"])


def test_hub_folder_has_the_same_columns_everywhere(work, split):
    recombine("export", split, "--format", "hf", "--out", work / "hf")
    card = (work / "hf/README.md").read_text()
    columns = set()
    for file in sorted((work / "hf/data").glob("*.jsonl")):
        assert f"{{split: {file.stem}, path: data/{file.name}}}" in card
        for line in file.read_text().splitlines():
            columns.add(tuple((key, type(value).__name__) for key, value in json.loads(line).items()))
    assert len(columns) == 1


def count(folder):
    return json.loads((folder / "manifest.json").read_text())["count"]


def load_hub_folder(work, folder, name):
    """The export of a split, as the Hub's library reads it, with the rows of every set counted."""
    recombine("export", folder, "--format", "hf", "--out", work / name)
    loaded = datasets.load_dataset(str(work / name), cache_dir=str(work / "cache"))
    assert {name: part.num_rows for name, part in loaded.items()} == {
        sub.name: count(sub) for sub in folder.iterdir() if sub.is_dir()}
    return loaded


def test_datasets_loads_the_hub_folder(work, split):
    loaded = load_hub_folder(work, split, "hub")
    row = loaded["test_ood"][0]
    assert np.array(row["study_inputs"]).shape == (6, 6, 6)
    assert len(row["study_roles"]) == len(row["study_outputs"]) == 6
    assert len(row["query_inputs"]) == len(row["query_outputs"]) > 0
    assert {part.column_names == loaded["train"].column_names for part in loaded.values()} == {True}


@pytest.fixture(scope="module")
def static(work):
    recombine("generate", "grids", "--static", "--out", work / "static-all")
    recombine("split", "--data", work / "static-all", "--protocol", "published", "--out", work / "static")
    return work / "static"


def test_datasets_loads_pairs_without_study(work, static):
    loaded = load_hub_folder(work, static, "static-hub")
    assert loaded["train"].num_rows == 290
    row = loaded["test_ood"][0]
    assert row["study_inputs"] == [] and np.array(row["query_inputs"]).shape == (1, 10, 10)
    whole = datasets.List(datasets.List(datasets.List(datasets.Value("int64"))))
    for part in loaded.values():
        assert part.features["study_inputs"] == part.features["query_inputs"] == whole
        assert part.features["study_roles"] == datasets.List(datasets.Value("string"))


def test_static_lines_are_what_json_dumps_writes(work, static):
    recombine("export", static, "--format", "carc", "--out", work / "static-carc")
    for name in ["train", "val", "test"]:
        text = (work / f"static-carc/{name}_static_systematicity_seed_1860.jsonl").read_text()
        rows = [json.loads(line) for line in text.splitlines()]
        assert "".join(json.dumps(row) + "\n" for row in rows) == text
        assert all(row["study_examples"] == [] and len(row["queries"]) == 1 for row in rows)


def test_jsonl_comes_back_as_the_same_records(work, split):
    recombine("export", split / "train", "--format", "jsonl", "--out", work / "train.jsonl")
    recombine("import", "--format", "jsonl", "--in", work / "train.jsonl", "--out", work / "train-again")
    digests = [json.loads((folder / "manifest.json").read_text())["digest"]
               for folder in (split / "train", work / "train-again")]
    assert digests[0] == digests[1]
