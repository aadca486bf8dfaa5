"""Readings, scores and solutions beside those of the program."""

import json

import numpy as np
import pytest
from common import SMALL, WORLD, program

import recombine


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    return recombine.grids(**SMALL).save(tmp_path_factory.mktemp("answers") / "set", 30)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    return recombine.facts(**WORLD).save(tmp_path_factory.mktemp("answers") / "world")


def texts(grid):
    """(what a model said of it, whether a person reads it)."""
    rows = grid.tolist()
    return [(f"output: {rows}", True), (f"I think the answer is\n```\n{rows}\n```", True),
            ("\n".join("".join(map(str, row)) for row in rows), True),
            (f"First {rows[::-1]}. Wait, no. The final output is {rows}", True), ("I do not know.", False),
            (f"output: {rows[:-1]}", False), ("", False)]


def test_texts_are_read_as_prompts_import_reads_them(tmp_path, stored):
    program("prompts", "export", "--data", stored.folder, "--provider", "openai", "--model", "m", "--limit", 30,
            "--out", tmp_path / "prompts", "--quiet")
    planned = json.loads((tmp_path / "prompts/prompts.json").read_text())["requests"]
    said = {}
    with open(tmp_path / "responses.jsonl", "w", encoding="utf-8") as file:
        for number, request in enumerate(planned):
            text, _ = texts(stored[number].queries[0, 1])[number % 7]
            said[request["id"]] = (number, text)
            body = {"choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}]}
            file.write(json.dumps({"custom_id": request["id"], "response": {"status_code": 200, "body": body}}) + "\n")
    program("prompts", "import", "--prompts", tmp_path / "prompts", "--responses", tmp_path / "responses.jsonl",
            "--out", tmp_path / "p.jsonl", "--quiet")
    rows = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text().splitlines()]
    assert len(rows) == 30
    for number, row in enumerate(rows):
        episode = stored[int(number)]
        text, readable = texts(episode.queries[0, 1])[number % 7]
        answer = recombine.read_answer(text, episode)
        assert bool(answer) == readable == (row["output"] is not None)
        assert answer.reason == row["invalid"]
        assert (answer.output.tolist() if answer else None) == row["output"]
        assert recombine.score(text, episode)["exact"] == readable


def test_a_strict_answer_is_told_from_others():
    episode = recombine.grids(**SMALL)[0]
    rows = episode.queries[0, 1].tolist()
    strict = recombine.read_answer(f"output: {rows}", 7)
    assert strict.strict and strict.strictness == "strict"
    lenient = recombine.read_answer(f"{rows}", episode)
    assert not lenient.strict and lenient.strictness == "list" and (lenient.output == strict.output).all()
    assert not recombine.read_answer(f"{rows}", 7, cut=True)


def test_prompts_ask_for_what_is_read_back():
    episode = recombine.grids(**SMALL)[2]
    for query in range(len(episode.queries)):
        assert str(episode.queries[query, 0].tolist()) in episode.prompt(query)
        assert recombine.score(episode.answer(query), episode, query)["exact"]
    assert len({episode.prompt(query) for query in range(4)}) == 4
    with pytest.raises(ValueError, match="query 4"):
        episode.prompt(4)


def test_what_is_partly_right():
    episode = recombine.grids(**SMALL)[3]
    truth = episode.queries[1, 1]
    assert recombine.score(truth, episode, 1) == {"exact": True, "color": True, "shape": True, "invalid": None}
    moved = recombine.score(np.roll(truth, 1, 0), episode, 1)
    assert not moved["exact"] and moved["color"]
    other = np.where(truth > 0, truth % 9 + 1, 0)
    assert recombine.score(other, truth) == {"exact": False, "color": False, "shape": True, "invalid": None}
    for nothing in (None, "no grid here", [[1, 2]], [["a"]], truth[:3], truth.astype(int) + 10, truth.astype(float)):
        scored = recombine.score(nothing, episode, 1)
        assert not scored["exact"] and (scored["invalid"] or nothing is truth[:3])


def test_scores_are_those_of_evaluate(tmp_path, stored):
    random = np.random.default_rng(1)
    batch = stored.batch(range(len(stored)))["queries"]
    answers = batch[:, :, 1].copy()
    answers[random.random(answers.shape[:2]) < 0.5, 0, 0] ^= 1
    given = [[None if random.random() < 0.1 else grid for grid in item] for item in answers]
    recombine.write_predictions(tmp_path / "p.jsonl", stored, given, name="half", parameters=5)
    report = recombine.evaluate(stored, tmp_path / "p.jsonl", resamples=100)
    shown = json.loads(program("evaluate", "--data", stored.folder, "--predictions", tmp_path / "p.jsonl",
                               "--resamples", 100, "--json", "--quiet"))
    assert report == shown
    scores = [recombine.score(one, stored[i], q) for i, item in enumerate(given) for q, one in enumerate(item)]
    split = report["splits"]["set"]
    for name in ("exact", "color", "shape"):
        assert split[name]["value"] == pytest.approx(np.mean([s[name] for s in scores]))
    assert split["planned"] == len(scores) and split["invalid"] == sum(s["invalid"] is not None for s in scores)
    assert report["predictor"]["name"] == "half" and report["predictor"]["parameters"] == 5
    with pytest.raises(recombine.DataError):
        recombine.write_predictions(tmp_path / "p.jsonl", stored, given, name="half")
    with pytest.raises(recombine.InputError, match="30"):
        recombine.write_predictions(tmp_path / "q.jsonl", stored, given[:3], name="half")
    assert not (tmp_path / "q.jsonl").exists()
    with pytest.raises(recombine.InputError, match="resamples"):
        recombine.evaluate(stored, tmp_path / "p.jsonl", resamples=5)


def test_solutions_are_those_of_the_oracle(tmp_path, stored):
    program("baseline", "oracle", "--data", stored.folder, "--out", tmp_path / "p.jsonl", "--quiet")
    rows = [json.loads(line)["output"] for line in (tmp_path / "p.jsonl").read_text().splitlines()]
    found = [one.tolist() if one is not None else None for episode in stored for one in recombine.solve(episode)]
    assert found == rows


def test_facts_are_read_scored_and_solved(tmp_path, world):
    test = world["test_id"]
    fact = test[0]
    words = fact.answer[1:-1].replace("</a", "").strip("><").split("><")
    assert recombine.score(fact.answer, fact)["exact"] and recombine.score(fact.answer, fact)["bridge"]
    spoken = "Output: " + " ".join(words)
    assert recombine.read_answer(spoken, fact).output == fact.answer
    assert recombine.score(spoken, fact)["exact"]
    assert recombine.score("nobody knows", fact) == {"exact": False, "bridge": None, "answer": False,
                                                     "invalid": "no entity"}
    program("baseline", "lookup", "--data", test.folder, "--out", tmp_path / "p.jsonl", "--quiet")
    rows = [json.loads(line)["output"] for line in (tmp_path / "p.jsonl").read_text().splitlines()]
    assert [recombine.solve(one) for one in test] == rows
    made = recombine.facts("test_id", **WORLD)
    assert [recombine.solve(one) for one in made] == rows
    recombine.write_predictions(tmp_path / "own.jsonl", test, [[one] for one in rows], name="own")
    assert recombine.evaluate(test, tmp_path / "own.jsonl")["splits"]["test_id"]["exact"]["value"] == 1.0
