"""Batches as the providers' own libraries send and fetch them, from a server with faults."""

import collections
import json

import anthropic
import httpx
import openai
import pytest
from batch_server import BatchServer

from conftest import recombine


def export(split, out, provider, *more):
    recombine("prompts", "export", "--data", split / "test_ood", "--provider", provider, "--model", "m",
              "--price-in", 3, "--price-out", 15, "--out", out, *more)
    return json.loads((out / "prompts.json").read_text())


@pytest.fixture(scope="module")
def queries(split):
    """What the queries of the set ask for, by episode."""
    lines = recombine("export", split / "test_ood", "--format", "jsonl", "--out", "-").splitlines()
    return {row["id"]: row["queries"] for row in map(json.loads, lines)}


def truths_of(plan, queries):
    return {row["id"]: queries[row["item"]][row["query"]]["output"] for row in plan["requests"]}


def check(split, prompts, files, out, server, planned):
    """Imports the files and compares every number with what the server did."""
    recombine("prompts", "import", "--prompts", prompts, "--responses", *files, "--out", out)
    fates = collections.Counter(server.fates.values())
    assert sum(fates.values()) == planned > 20
    readings = json.loads(out.with_suffix(".readings.json").read_text())
    answered = fates["right"] + fates["wrong"] + fates["fenced"] + fates["thinking"]
    states = {"answered": answered, "cut off": fates["cut"], "refused": fates["refused"],
              "provider error": fates["failed"], "missing": fates["lost"]}
    assert readings["states"] == states
    assert readings["read"] == answered
    # Every answer that came is 100 tokens asked and 10 answered, the cut and the refused ones too.
    came = answered + fates["cut"] + fates["refused"]
    assert readings["cost"] == pytest.approx(came * (100 * 3 + 10 * 15) / 1e6)
    report = json.loads(recombine("evaluate", "--data", split, "--json", "--predictions", out,
                                  out.with_suffix(".strict.jsonl")))["reports"]
    person, strict = (one["splits"]["test_ood"] for one in report)
    right = fates["right"] + fates["fenced"] + fates["thinking"]
    assert person["planned"] == strict["planned"] == planned
    assert person["exact"]["value"] == pytest.approx(right / planned)
    assert person["exact_of_valid"]["value"] == pytest.approx(right / answered)
    assert strict["exact"]["value"] == pytest.approx(fates["right"] / planned)
    assert person["missing"] == fates["lost"]
    assert person["invalid"] == fates["cut"] + fates["refused"] + fates["failed"]


@pytest.fixture(scope="module")
def openai_batch(work, split, queries):
    """A batch through OpenAI's library: the plan, the two files of results, and the server that knows them."""
    plan = export(split, work / "openai", "openai", "--queries", "all")
    with BatchServer(truths_of(plan, queries)) as server:
        client = openai.OpenAI(api_key="none", base_url=server.url + "/v1", max_retries=0)
        with open(work / "openai/requests-001.jsonl", "rb") as requests:
            file = client.files.create(file=requests, purpose="batch")
        batch = client.batches.create(input_file_id=file.id, endpoint="/v1/chat/completions",
                                      completion_window="24h")
        batch = client.batches.retrieve(batch.id)
        results = [work / "openai-out.jsonl", work / "openai-err.jsonl"]
        for name, path in zip([batch.output_file_id, batch.error_file_id], results):
            path.write_bytes(client.files.content(name).content)
    return plan, results, server


def test_openai_batch_comes_back(work, split, openai_batch):
    plan, results, server = openai_batch
    check(split, work / "openai", results, work / "openai.jsonl", server, plan["planned"])


def test_anthropic_batch_comes_back(work, split, queries):
    plan = export(split, work / "anthropic", "anthropic", "--queries", "all")
    with BatchServer(truths_of(plan, queries)) as server:
        client = anthropic.Anthropic(api_key="none", base_url=server.url, max_retries=0)
        body = json.loads((work / "anthropic/requests-001.json").read_text())
        batch = client.messages.batches.create(**body)
        batch = client.messages.batches.retrieve(batch.id)
        path = work / "anthropic-out.jsonl"
        path.write_bytes(httpx.get(batch.results_url).content)
    check(split, work / "anthropic", [path], work / "anthropic.jsonl", server, plan["planned"])


def test_partial_results_grow(work, openai_batch):
    """Half of the rows now, the rest tomorrow: what is missing falls, and the end is the same."""
    prompts = work / "openai"
    out = openai_batch[1][0]
    rows = out.read_text().splitlines()
    half = work / "half.jsonl"
    half.write_text("\n".join(rows[:len(rows) // 2]))
    rest = work / "rest.jsonl"
    rest.write_text("\n".join(rows[len(rows) // 2:]))
    missing = []
    for files in [[half], [half, rest], [rest, half, out]]:
        recombine("prompts", "import", "--prompts", prompts, "--responses", *files, "--out", work / "p.jsonl",
                  "--force")
        missing.append(json.loads((work / "p.readings.json").read_text())["states"]["missing"])
    assert missing[0] > missing[1] == missing[2]
