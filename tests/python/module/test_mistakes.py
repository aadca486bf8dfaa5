"""What users get wrong: told by name, and nothing is lost by it."""

import gc

import numpy as np
import pytest
from common import SMALL, WORLD

import recombine
from recombine import rl


def test_a_set_is_saved_as_its_options_say(tmp_path):
    ten = recombine.grids(**SMALL, episodes=10, shards=2)
    saved = ten.save(tmp_path / "d")
    assert len(list((tmp_path / "d").glob("shard-*"))) == 2
    for shards in (0, -1, 11, 10**6):
        with pytest.raises(recombine.InputError, match="--shards"):
            ten.save(tmp_path / "d", shards=shards, force=True)
    for episodes in (0, -1):
        with pytest.raises(recombine.InputError, match="episodes"):
            ten.save(tmp_path / "d", episodes, force=True)
    assert recombine.open(tmp_path / "d").digest() == saved.digest() == ten.digest()


def test_indices_beyond_all_are_refused_as_given():
    endless, ten = recombine.grids(**SMALL, unique=False), recombine.grids(**SMALL, episodes=10)
    for index in (-1, 2**64 - 1, 2**64, 2**80):
        with pytest.raises(IndexError, match=f"index {index}:"):
            endless[index]  # pylint: disable=pointless-statement
    for index in (-11, 10):
        with pytest.raises(IndexError, match=f"index {index}: the set has 10"):
            ten[index]  # pylint: disable=pointless-statement
    for wanted in (slice(None, -1), slice(-3, 5), slice(3, None), slice(None, None, -1)):
        with pytest.raises(IndexError):
            endless[wanted]  # pylint: disable=pointless-statement
    assert [one.triplet for one in endless[5::-2]] == [endless[i].triplet for i in (5, 3, 1)]
    assert [one.triplet for one in ten[5::-2]] == [ten[i].triplet for i in (5, 3, 1)]
    far = 2**63
    assert [one.triplet for one in endless[far:far + 2]] == [endless[far].triplet, endless[far + 1].triplet]
    assert endless.batch(range(4, -1, -2))["study"].tolist() == endless.batch([4, 2, 0])["study"].tolist()
    with pytest.raises(recombine.InputError):
        ten.digest(-1)


def test_wrong_grids_never_become_right_ones(tmp_path):
    data = recombine.grids(**SMALL).save(tmp_path / "set", 2)
    right = [[query[1] for query in episode.queries] for episode in data]

    def write(answer):
        recombine.write_predictions(tmp_path / "p.jsonl", data, [[answer(q) for q in item] for item in right],
                                    name="x", force=True)
        return recombine.evaluate(data, tmp_path / "p.jsonl")["splits"]["set"]["exact"]["value"]

    assert write(lambda grid: grid) == write(lambda grid: recombine.read_answer(str(grid.tolist()), 7)) == 1.0
    for wrong in (lambda grid: grid.astype(int) + 256, lambda grid: grid.astype(int) - 256, lambda grid: grid + 0.5,
                  lambda grid: grid[None], lambda grid: str(grid.tolist()), lambda grid: 7,
                  lambda grid: np.full_like(grid, np.nan, dtype=float)):
        with pytest.raises(recombine.InputError, match="query 0"):
            write(wrong)
    assert write(lambda grid: None) == 0.0
    world = recombine.facts(**WORLD).save(tmp_path / "world")["test_id"]
    with pytest.raises(recombine.InputError, match="must be a text"):
        recombine.write_predictions(tmp_path / "f.jsonl", world, [[np.zeros((3, 3), int)]] * len(world), name="x")


def test_what_was_asked_is_told_from_what_was_answered():
    episode, fact = recombine.grids(**SMALL)[0], recombine.facts("test_id", **WORLD)[0]
    truth = episode.queries[0, 1]
    for side in (0, -5, 31, 10**6):
        with pytest.raises(recombine.InputError, match=f"side {side}"):
            recombine.read_answer("x", side)
    for question in (None, np.zeros((0, 0), int), np.zeros((31, 31), int), np.zeros((2, 3), int), "text"):
        with pytest.raises(ValueError):
            recombine.score(truth, question)
    for query in (-1, 4):
        with pytest.raises(IndexError):
            recombine.score(truth, episode, query)
    half = "output: \ud83d"  # of a character, as a cut answer in JSON has it
    for answer in (half, b"x", 5, [], object()):
        assert recombine.score(answer, episode)["invalid"] and not recombine.score(answer, episode)["exact"]
        assert recombine.score(answer, fact)["invalid"] and not recombine.score(answer, fact)["exact"]


def test_a_fact_is_solved_without_its_set():
    world = recombine.facts("test_id", **WORLD)
    known = [recombine.solve(fact) for fact in world]
    facts = list(recombine.facts("test_id", **WORLD))
    gc.collect()
    assert [recombine.solve(fact) for fact in facts] == known


def test_keys_name_one_task_or_nothing():
    key = rl.Tasks("train", **SMALL)[0].key
    answer = rl.task_of(key).answer
    assert rl.reward(key, answer) == 1.0
    head = key.rsplit("/", 2)[0]
    beyond = [f"{head}/0/{query}" for query in (-1, 4, "+0", "00", "x", 10**30)]
    beyond += [f"{head}/{episode}/0" for episode in (-5, 2**64, "x")]
    beyond += ["grids/train/0/config=c.ini/0/0", "grids/train/-1/side=7/0/0", "", None, "facts/train/0/side=7/0/0"]
    for wrong in beyond:
        with pytest.raises(ValueError):
            rl.reward(wrong, answer)
    for option in ("seed_", "unique", "episodes", "episodes_", "stream", "config", "shards", "threads"):
        with pytest.raises(ValueError, match="no option of tasks"):
            rl.Tasks("train", 0, **{option: 1})
