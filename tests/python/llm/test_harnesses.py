"""Exported tasks as lm-eval and inspect_ai run them, and their logs back."""

import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from inspect_ai import eval as run_inspect
from inspect_ai.model import ModelOutput, ModelUsage, get_model

from conftest import recombine


@pytest.fixture(scope="module")
def world(work):
    recombine("generate", "facts", "--entities", 60, "--relations", 12, "--degree", 6, "--lambda", 2,
              "--ood-fraction", 0.2, "--out", work / "world")
    return work / "world"


@pytest.fixture(scope="module", params=["grids", "facts"])
def data(request):
    folder = request.getfixturevalue("split" if request.param == "grids" else "world")
    return folder / "test_ood"


def export(data, out, provider, *more):
    recombine("prompts", "export", "--data", data, "--provider", provider, "--model", "m", "--limit", 12,
              "--out", out, *more)
    return [json.loads(line) for line in (out / "requests-001.jsonl").read_text().splitlines()]


def imported(prompts, files, out):
    recombine("prompts", "import", "--prompts", prompts, "--responses", *files, "--out", out)
    return json.loads(out.with_suffix(".readings.json").read_text())


def score_of(data, predictions):
    report = json.loads(recombine("evaluate", "--data", data, "--json", "--predictions", predictions))
    return report["splits"]["test_ood"]["exact"]["value"]


def run_lm_eval(folder, out):
    lm_eval = pathlib.Path(sys.executable).parent / "lm-eval"
    subprocess.run([lm_eval, "run", "--model", "dummy", "--tasks", "recombine_test_ood", "--include_path",
                    folder, "--log_samples", "--output_path", out], check=True, capture_output=True,
                   env=os.environ | {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"})
    return next(out.glob("*/samples_*.jsonl")), next(out.glob("*/results_*.json"))


def test_lm_eval_runs_the_task(work, data):
    folder = work / f"lm-{data.parent.name}"
    rows = export(data, folder, "lm-eval")
    samples, results = run_lm_eval(folder, work / f"lm-out-{data.parent.name}")
    assert json.loads(results.read_text())["n-samples"]["recombine_test_ood"]["effective"] == 12
    logged = [json.loads(line) for line in samples.read_text().splitlines()]
    by_id = {sample["doc"]["id"]: sample for sample in logged}
    assert set(by_id) == {row["id"] for row in rows}
    for row in rows:  # the whole question went out, uncut
        assert by_id[row["id"]]["arguments"]["gen_args_0"]["arg_0"] == row["prompt"]
    readings = imported(folder, [samples], work / f"lm-{data.parent.name}.jsonl")
    assert readings["states"] == {"answered": 12} and readings["read"] == 0
    # The same log where the model had said the right thing, in another format's words.
    for sample in logged:
        sample["resps"] = [["Let me see.\n\noutput: " + sample["doc"]["target"]]]
    right = work / f"lm-right-{data.parent.name}.jsonl"
    right.write_text("".join(json.dumps(sample) + "\n" for sample in logged))
    out = work / f"lm-right-{data.parent.name}-p.jsonl"
    assert imported(folder, [right], out)["strictness"] == {"strict": 12}
    assert score_of(data, out) == 1


@pytest.mark.parametrize("name", ["test: ood", "1 #2", 'a"b', "\"\"\"", "t\u00e9st", "a\\nb", "[x]"])
def test_tasks_of_sets_of_any_name_are_yaml_and_python(work, world, name):
    folder = work / "odd-names"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(world, folder / "world")
    (folder / "world/test_ood").rename(folder / "world" / name)
    export(folder / "world" / name, folder / "lm", "lm-eval")
    task = next((folder / "lm").glob("*.yaml"))
    assert re.fullmatch(r"recombine_[\w.-]+", task.stem, re.ASCII)
    assert yaml.safe_load(task.read_text())["task"] == task.stem
    rows = export(folder / "world" / name, folder / "inspect", "inspect")
    assert {row["metadata"]["split"] for row in rows} == {name}
    text = (folder / "inspect/recombine_task.py").read_text()
    compile(text, "recombine_task.py", "exec")
    assert "\n\nimport json\n" in text


@pytest.mark.parametrize("picture", [False, True])
def test_inspect_runs_the_task(work, data, picture):
    if picture and data.parent.name == "world":
        pytest.skip("facts have no pictures")
    name = f"inspect-{data.parent.name}-{picture}"
    folder = work / name
    rows = export(data, folder, "inspect", *(["--image"] if picture else []))
    targets = {row["id"]: row["target"] for row in rows}

    def outputs():
        for place, row in enumerate(rows):
            text = "no idea" if place % 4 == 3 else "output: " + row["target"]
            output = ModelOutput.from_content("mockllm/model", text)
            output.usage = ModelUsage(input_tokens=5, output_tokens=7, total_tokens=12)
            yield output

    spec = importlib.util.spec_from_file_location(name.replace("-", "_"), folder / "recombine_task.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    model = get_model("mockllm/model", custom_outputs=outputs())
    log = run_inspect(module.recombine(), model=model, log_format="json", log_dir=str(work / f"{name}-log"),
                      display="none", max_samples=1)[0]
    assert log.status == "success", log.error
    assert {sample.id: sample.target for sample in log.samples} == targets
    assert log.results.scores[0].metrics["accuracy"].value == 0.75
    out = work / f"{name}.jsonl"
    readings = imported(folder, [work / f"{name}-log"], out)
    assert readings["states"] == {"answered": 12} and readings["read"] == 9
    assert readings["tokens"] == {"asked": 60, "answered": 84, "reasoning": 0}
    assert score_of(data, out) == 0.75
