"""Data sets of the module beside those that the program writes."""

import itertools
import json
import multiprocessing
import pickle
import re
import subprocess
import sys

import numpy as np
import pytest
from common import ROOT, SMALL, WORLD, generate, program, run, words

import recombine

FEW_GRAMMARS = {"side": 6, "study": 1, "queries": 2, "types": "translation,set_color,mirror", "max_shape_size": 2,
                "parameters": "translation.direction=x,translation.step_size=1,set_color.new_color=5"}
GRIDS = [
    {},
    SMALL,
    FEW_GRAMMARS,
    {**SMALL, "seed": 7, "one_rule_pairs": 3, "two_rule_pairs": 0},
    {**SMALL, "certify": True, "certify_order": "any", "certify_pairs": 1},
    {**SMALL, "types": "grow,mirror,translation,set_color", "parameters": "grow.direction=-x|+x"},
    {**SMALL, "min_shape_size": 2, "max_tries": 200, "max_restarts": 50000, "threads": 2},
    {**SMALL, "unique": False},
    {"stream": "published", **SMALL},
    {"static": True},
    {"indicators": 2, "study": 1, "study_pairs_of": "adjacent", "query_depth": "3,4", "queries": 3},
    {**SMALL, "order": "episode", "certify_sections": "shuffled"},
    {**SMALL, "further_sides": "6,8", "further_study": "1,3"},
    {**SMALL, "twins": True, "twin_change": "parameter"},
    {**SMALL, "twins": True, "unique": False},
    {**SMALL, "difficulty": "programs=2.."},
    {**SMALL, "bystanders": "0..2"},
]
WORLDS = [
    {}, {"task": "comparison", "values": 6}, {"task": "complex", "values": 6, "sample_fraction": 0.3, "lambda": 7.2},
    {"hops": 3, "train_three_hop": 50}, {"cot": False, "noise": 0.2, "noise_hop": "second", "noise_mode": "legacy"},
    {"permutations": True, "seed": 3}, {"axis": "bridge", "axis_fraction": 0.1, "axis_seed": 3}, {"axis": "hops"},
    {"identity": "entities", "cot": False},
]
OTHER = {"episodes", "shards", "threads"}  # never change an item; tested elsewhere


def options_of(section):
    """Names in the table of a section of INI files, which another test compares with the program."""
    text = (ROOT / "docs/CLI.md").read_text(encoding="utf-8")
    table = text.split(f"### [{section}] section\n", 1)[1].split("\n### ", 1)[0]
    return {name.replace("-", "_") for name in re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)}


def test_every_option_is_compared_below():
    assert "side" in options_of("grids") and "lambda" in options_of("facts")
    assert options_of("grids") - OTHER <= set().union(*GRIDS)
    assert options_of("facts") - OTHER <= set(WORLD).union(*WORLDS)


def digest_on_disk(folder):
    return json.loads((folder / "manifest.json").read_text())["digest"]


@pytest.mark.parametrize("options", GRIDS, ids=str)
def test_grids_equal_what_generate_writes(tmp_path, options):
    count = 8 if options.get("static") else 300
    folder = generate(tmp_path / "set", "grids", options, episodes=count)
    made = recombine.grids(**options)
    stored = recombine.open(folder)
    assert made.digest(count) == digest_on_disk(folder) == stored.digest()
    assert [made[i] for i in range(count)] == stored[:]
    assert {k: v for k, v in made.recipe.items() if k != "count"} == {
        k: v for k, v in stored.recipe.items() if k != "count"}


def test_ten_thousand_episodes_equal_the_records(tmp_path):
    folder = generate(tmp_path / "set", "grids", {}, episodes=10_000)
    made = recombine.grids(episodes=10_000)
    assert made.digest() == digest_on_disk(folder)
    ours, theirs = made.batch(range(10_000)), recombine.open(folder).batch(range(10_000))
    for name in ("study", "queries", "roles"):
        np.testing.assert_array_equal(ours[name], theirs[name])


@pytest.mark.parametrize("options", WORLDS, ids=str)
def test_worlds_equal_what_generate_writes(tmp_path, options):
    options = {**WORLD, **options}
    folder = generate(tmp_path / "world", "facts", options)
    made, stored = recombine.facts(**options).sets, recombine.open(folder)
    assert set(made) == set(stored)
    for name, one in made.items():
        assert one.digest() == digest_on_disk(folder / name)
        assert one[:] == stored[name][:]


def test_ten_thousand_facts_equal_the_records(tmp_path):
    options = {**WORLD, "entities": 400, "relations": 30, "degree": 15, "lambda": 2}
    folder = generate(tmp_path / "world", "facts", options)
    made = recombine.facts(**options)
    assert len(made) > 10_000
    assert made.digest() == digest_on_disk(folder / "train")


def test_items_made_anew_have_their_attempts():
    made = recombine.grids(**FEW_GRAMMARS, episodes=400)  # a few in a hundred are made anew
    attempts = [episode.attempt for episode in made]
    assert max(attempts) > 0
    # Whoever begins far out finds the same item, and so does who comes back.
    anew = int(np.argmax(attempts))
    fresh = recombine.grids(**FEW_GRAMMARS)
    assert fresh[399] == made[399]
    assert fresh[anew] == made[anew]
    assert fresh.batch([399, anew])["study"].tobytes() == np.stack([made[399].study, made[anew].study]).tobytes()


def test_twins_are_made_anew_together(tmp_path):
    few = {**FEW_GRAMMARS, "side": 7, "twins": True, "twin_change": "parameter",
           "parameters": "translation.direction=x|y,translation.step_size=1,set_color.new_color=5"}
    folder = generate(tmp_path / "set", "grids", few, episodes=600)
    made = recombine.grids(**few)
    assert made[400].id == "e200" and made[401].id == "e200t"  # an item alone, and the other of its pair
    pairs = made[:600]
    anew = [pair.attempt for pair in pairs]
    assert max(anew) > 0 and anew[::2] == anew[1::2]
    assert made.digest(600) == digest_on_disk(folder) and recombine.open(folder)[:] == pairs


def test_without_uniqueness_any_item_is_made_at_once():
    free = recombine.grids(**SMALL, unique=False)
    assert free[10**15].id == f"e{10**15}"
    assert free[10**15] == recombine.grids(**SMALL, unique=False)[10**15]
    # The same episodes where no grammar was taken, and a digest of its own where one was.
    assert all(a == b for a, b in zip(free[:50], recombine.grids(**SMALL)[:50]) if b.attempt == 0)
    few = recombine.grids(**FEW_GRAMMARS, unique=False)
    assert few.digest(400) != recombine.grids(**FEW_GRAMMARS).digest(400)
    assert all(episode.attempt == 0 for episode in few[:400])


def test_batches_equal_singles_and_threads_never_matter():
    made = recombine.grids(**SMALL)
    indices = [5, 3, 3, 200, 17]
    batches = []
    for threads in (1, 2, 5):
        other = recombine.grids(**SMALL, threads=threads)
        batches.append(other.batch(indices))
        assert other.digest(150) == made.digest(150)
    for name in ("study", "queries", "roles"):
        singles = np.stack([getattr(made[i], name) for i in indices])
        for batch in batches:
            assert batch[name].dtype == np.uint8
            np.testing.assert_array_equal(batch[name], singles)
    ranged = made.batch(range(2, 90, 7))
    np.testing.assert_array_equal(ranged["study"], made.batch(list(range(2, 90, 7)))["study"])
    facts = recombine.facts(**WORLD)
    batch = facts.batch(range(20))
    for i in range(20):
        length = batch["length"][i]
        np.testing.assert_array_equal(batch["tokens"][i, :length], facts[i].tokens)
        assert (batch["tokens"][i, length:] == -1).all() and batch["prompt"][i] == facts[i].prompt


def test_an_episode_says_what_it_is():
    episode = recombine.grids()[7]
    assert episode.study.shape == (24, 2, 10, 10) and episode.queries.shape == (14, 2, 10, 10)
    assert episode.study.dtype == episode.roles.dtype == np.uint8
    assert sorted(set(episode.roles.tolist())) == [1, 2, 3, 4, 5, 6]
    assert set(episode.rules) == {"shape", "colour", "indicator"}
    assert "+".join(sorted(rule["type"] for rule in episode.rules.values())) == episode.triplet
    assert episode._repr_svg_().startswith("<svg") and "e7" in repr(episode)
    arc = episode.to_arc()
    np.testing.assert_array_equal(arc["train"][3]["output"], episode.study[3, 1])
    np.testing.assert_array_equal(arc["test"][13]["input"], episode.queries[13, 0])
    assert len(episode.text().splitlines()) > 20
    assert episode.difficulty["queries"] == 14 and episode.difficulty["programs"] >= 1
    question = recombine.facts(**WORLD)[0]
    assert question.text() == question.question + question.answer
    assert question._repr_svg_().startswith("<svg")


def test_an_episode_of_many_rules_says_what_it_is():
    made = recombine.grids(indicators=3, study=1, queries=3, query_depth="2,4", order="episode")
    episode = made[4]
    assert list(episode.rules) == ["shape", "colour", "indicator", "indicator2", "indicator3"]
    assert sorted(episode.order.split("-")) == sorted(episode.rules)
    assert len({bin(roles).count("1") for roles in episode.query_roles.tolist()} & {2, 4}) == 1
    assert max(episode.roles) > 7 and episode.triggers["indicator3_colour"] > 0
    assert recombine.grids()[7].query_roles.tolist() == [7] * 14 and recombine.grids()[7].order.startswith("shape-")


def test_an_array_outlives_its_episode():
    queries = recombine.grids(**SMALL)[1].queries
    other = [recombine.grids(**SMALL)[i].queries for i in range(20)]
    assert (queries == other[1]).all()


@pytest.mark.parametrize("make", [
    lambda: recombine.grids(**SMALL, seed=3, episodes=20), lambda: recombine.facts(**WORLD),
    lambda: recombine.facts("test_ood", **WORLD)], ids=["grids", "facts", "test_ood"])
def test_sets_and_items_can_be_pickled(make):
    made = make()
    again = pickle.loads(pickle.dumps(made))
    assert repr(again) == repr(made) and again[5] == made[5] and again.digest(20) == made.digest(20)
    item = pickle.loads(pickle.dumps(made[4]))
    assert item == made[4] and hash(item) == hash(made[4]) and item != made[5]


def _study(arguments):
    made, index = arguments
    return made[index].study.tobytes()


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_other_processes_make_the_same(method):
    made = recombine.grids(**SMALL)
    made.batch(range(100))  # so that the parent has threads
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map(_study, [(made, i) for i in range(6)]) == [made[i].study.tobytes() for i in range(6)]


def test_a_forked_process_makes_batches():
    code = f"""
import os, recombine
made = recombine.grids(**{SMALL!r}, unique=False)
made.batch(range(500))
child = os.fork()
if child == 0:
    made.batch(range(500)); made.digest(300)
    os._exit(7)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_sets_have_ends_or_none():
    endless, ten = recombine.grids(**SMALL), recombine.grids(**SMALL, episodes=10)
    assert endless.endless and not ten.endless and len(ten) == 10 and ten[-1] == ten[9]
    assert list(ten) == ten[:] == list(itertools.islice(endless, 10))
    assert [e.id for e in itertools.islice(endless.iterate(600), 3)] == ["e600", "e601", "e602"]
    for wrong in (lambda: ten[10], lambda: ten[-11], lambda: endless[-1], lambda: endless[3:], lambda: ten.batch([10])):
        with pytest.raises(IndexError):
            wrong()
    with pytest.raises(TypeError, match="endless"):
        len(endless)
    assert ten.batch(range(0))["study"].shape[0] == 0 and ten[5:5] == []


@pytest.mark.parametrize("family,options", [
    ("grids", {"side": 3}), ("grids", {"sides": 10}), ("grids", {"types": "mirror,rotatoin,grow"}),
    ("grids", {"side": "big"}), ("grids", {"entities": 5}), ("grids", {"stream": "other"}),
    ("grids", {"certify": "perhaps"}), ("grids", {"shards": 0}), ("grids", {"queries": 0}),
    ("grids", {"stream": "published", "certify": True}), ("grids", {"stream": "published", "unique": False}),
    ("facts", {"degree": 0}), ("facts", {"task": "compare"}), ("facts", {"lambda": -1}), ("facts", {"side": 5}),
    ("facts", {"entities": 10, "degree": 13, "relations": 12})], ids=str)
def test_wrong_options_are_told_as_on_the_command_line(tmp_path, family, options):
    told = run("generate", family, *(["--episodes", "5"] if family == "grids" else []), *words(options),
               "--out", tmp_path / "out")
    assert told.returncode == 2
    with pytest.raises(recombine.InputError) as error:
        made = getattr(recombine, family)(**options)
        made[0]
    assert f"recombine generate: {error.value}\n" == told.stderr


def test_a_config_file_is_read(tmp_path):
    file = tmp_path / "study.ini"
    file.write_text("[grids]\nside = 7\nseed = 5\n")
    assert recombine.grids(config=file)[3] == recombine.grids(side=7, seed=5)[3]
    file.write_text("[grids]\nside = 3\n")
    with pytest.raises(recombine.InputError, match="study.ini:2: side 3"):
        recombine.grids(config=file)


def test_folders_are_read_at_random(tmp_path):
    made = recombine.grids(**SMALL, types="translation,mirror,rotation,set_color,grow", episodes=120)
    stored = made.save(tmp_path / "all")
    assert stored.manifest["count"] == 120 and stored[77] == made[77] and stored.recipe["seed"] == 1860
    with pytest.raises(recombine.DataError):
        made.save(tmp_path / "all")
    sets = recombine.split(stored, tmp_path / "split", primitives=1, compositions=1, queries=3)
    assert list(sets) == ["train", "val_id", "test_id", "val_ood", "test_ood"]
    assert sets["train"][0].queries.shape[0] == 3 and sum(map(len, sets.values())) == 120
    assert pickle.loads(pickle.dumps(sets))["train"][0] == sets["train"][0]
    world = recombine.facts(**WORLD).save(tmp_path / "world")
    assert world["test_ood"][:] == recombine.facts("test_ood", **WORLD)[:]
    with pytest.raises(recombine.DataError):
        recombine.open(tmp_path / "nothing")


def test_a_saved_set_streams_as_parquet(tmp_path):
    datasets = pytest.importorskip("datasets")
    made = recombine.grids(**SMALL, episodes=20)
    stored = made.save(tmp_path / "set")
    program("export", stored.folder, "--format", "parquet", "--out", tmp_path / "set.parquet")
    rows = datasets.load_dataset("parquet", data_files=str(tmp_path / "set.parquet"), split="train", streaming=True)
    for row, episode in itertools.zip_longest(rows, made):
        assert row["id"] == episode.id
        for name, part in (("study", episode.study), ("query", episode.queries)):
            np.testing.assert_array_equal(row[f"{name}_inputs"], part[:, 0])
            np.testing.assert_array_equal(row[f"{name}_outputs"], part[:, 1])
