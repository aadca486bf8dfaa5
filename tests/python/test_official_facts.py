"""Worlds in the published form go in and come out byte for byte; noise is marked where it was drawn."""

import json

import pytest

from conftest import recombine
from official_worlds import WORLDS


@pytest.fixture(scope="module", params=WORLDS)
def official(request, work):
    return WORLDS[request.param](work / f"official-{request.param}")


def test_official_files_come_out_as_they_went_in(work, official):
    world, again = work / f"{official.name}-world", work / f"{official.name}-again"
    recombine("import", "--format", "grokked", "--in", official, "--out", world)
    recombine("export", world, "--format", "grokked", "--out", again)
    names = sorted(file.name for file in official.iterdir())
    assert sorted(file.name for file in again.iterdir()) == names
    for name in names:
        assert (again / name).read_bytes() == (official / name).read_bytes(), name
    recombine("verify", world)


def test_official_noise_is_false_more_often_than_it_is_marked(work):
    folder = WORLDS["composition-noise"](work / "official-noise-counts")
    rows = [row for row in json.loads((folder / "train.json").read_text()) if "train_noise" in row]
    marked = sum(row["train_noise"] for row in rows) / len(rows)
    assert 0.3 < marked < 0.5
    recombine("import", "--format", "grokked", "--in", folder, "--out", work / "official-noise-world")
    text = recombine("export", work / "official-noise-world/train", "--format", "jsonl", "--out", "-").decode()
    items = [json.loads(line) for line in text.splitlines()]
    items = [item for item in items if item["type"] == "train_inferred"]
    assert sum(item["noisy"] for item in items) / len(items) == marked
    false = sum(item["answer"][0] != item["path"][1] for item in items) / len(items)
    assert false > marked + 0.2


@pytest.mark.parametrize("hop", ["first", "second", "both"])
def test_our_legacy_noise_is_marked_where_it_was_drawn(work, hop):
    name = f"legacy-{hop}"
    recombine("generate", "facts", "--entities", 60, "--relations", 12, "--degree", 8, "--lambda", 4,
              "--noise", 0.4, "--noise-hop", hop, "--noise-mode", "legacy", "--out", work / name)
    recombine("export", work / name, "--format", "grokked", "--out", work / f"{name}-files")
    train = json.loads((work / f"{name}-files/train.json").read_text())
    marks = [row["train_noise"] for row in train if "train_noise" in row]
    assert len(marks) > 1500 and abs(sum(marks) / len(marks) - 0.4) < 0.05
    test = json.loads((work / f"{name}-files/test.json").read_text())
    trained = {row["input_text"]: row.get("train_noise") for row in train}
    for row in test:
        assert ("train_noise" in row) == (not row["type"].endswith("atomic"))
        if row["type"] == "train_inferred":
            assert row["train_noise"] == trained[row["input_text"]]
        elif "train_noise" in row:
            assert row["train_noise"] == 0, row
