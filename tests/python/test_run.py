"""A run's files as safetensors and TensorBoard see them."""

import json

from conftest import ROOT, recombine
from safetensors.numpy import load_file
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams import plugin_data_pb2


def rows_of(run):
    return [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]


def test_safetensors_holds_every_parameter(run):
    weights = load_file(run / "checkpoints/step-4/model.safetensors")
    told = json.loads((run / "run.json").read_text())["parameters"]
    assert sum(array.size for array in weights.values()) == told > 10_000
    optimiser = load_file(run / "checkpoints/step-4/optimizer.safetensors")
    assert optimiser


def test_tensorboard_shows_what_metrics_says(run):
    events = EventAccumulator(str(run), size_guidance={"scalars": 0, "images": 0})
    events.Reload()
    losses = {row["step"]: row["loss"] for row in rows_of(run) if "loss" in row}
    by_tag = {tag: events.Scalars(tag) for tag in events.Tags()["scalars"]}
    shown = next(scalars for tag, scalars in by_tag.items() if tag.endswith("loss"))
    assert {scalar.step for scalar in shown} == set(losses)
    for scalar in shown:
        assert abs(scalar.value - losses[scalar.step]) < 1e-4 * max(1, abs(scalar.value))


def test_tensorboard_shows_pictures_of_predictions(run):
    events = EventAccumulator(str(run), size_guidance={"images": 0})
    events.Reload()
    tags = events.Tags()["images"]
    assert tags
    for tag in tags:
        for image in events.Images(tag):
            assert image.encoded_image_string.startswith(b"\x89PNG")
            assert image.width > 0 and image.height > 0


def test_tensorboard_shows_config_and_data(run):
    events = EventAccumulator(str(run), size_guidance={"tensors": 0})
    events.Reload()
    text = {tag: events.Tensors(tag)[0].tensor_proto.string_val[0].decode() for tag in ("config", "data")}
    assert "[train]" in text["config"] and "sha256:" in text["data"]


def test_tensorboard_compares_runs_by_their_options(run):
    events = EventAccumulator(str(run))
    events.Reload()
    contents = events.PluginTagToContent("hparams")
    experiment = plugin_data_pb2.HParamsPluginData.FromString(contents["_hparams_/experiment"]).experiment
    metrics = {metric.name.tag for metric in experiment.metric_infos}
    assert metrics and metrics <= set(events.Tags()["scalars"])
    session = plugin_data_pb2.HParamsPluginData.FromString(contents["_hparams_/session_start_info"]).session_start_info
    names = {info.name for info in experiment.hparam_infos}
    assert names == set(session.hparams) and "model.name" in names
    assert session.hparams["train.steps"].number_value == 4
    assert session.hparams["model.name"].string_value


def test_a_model_of_few_shots_answers_whole_episodes(work, split):
    config = ["--config", ROOT / "configs/grids-mini.ini"]
    shots = ["--primitives", 0, "--compositions", 0, "--queries", 2, "--few-shots", 2]
    recombine("split", *config, *shots, "--data", work / "all", "--out", work / "few")
    recombine("train", *config, "--data", work / "few", "--out", work / "few-run", "--steps", 1, "--workers", 1,
              "--validate-items", 8, "--queries-mix", "plain")
    recombine("predict", "--run", work / "few-run", "--data", split / "test_ood", "--shots", 2, "--out",
              work / "few.jsonl")
    rows = [json.loads(line) for line in (work / "few.jsonl").read_text().splitlines()]
    asked = {row["query"] for row in rows}
    episodes = {row["item"] for row in rows}
    told = json.loads(recombine("evaluate", "--data", split / "test_ood", "--predictions", work / "few.jsonl", "--json"))
    assert told["splits"]["test_ood"]["planned"] == len(rows) == len(episodes) * len(asked)
    assert told["splits"]["test_ood"]["missing"] == 0
    stored = json.loads(recombine("export", split / "test_ood", "--format", "jsonl", "--out", "-").splitlines()[0])
    assert len(asked) == len(stored["queries"]) - 2
