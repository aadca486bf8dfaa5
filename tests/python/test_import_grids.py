"""Checkpoints of the published trainer of grids become runs that answer as they do."""

import argparse
import json
import os
import subprocess

import pytest
from conftest import ROOT, recombine
from published import Network, forced_answers, lightning_file, torch
from safetensors.numpy import load_file


def import_checkpoint(*words):
    return subprocess.run([ROOT / "tools/import-checkpoint", *map(str, words)], capture_output=True, text=True,
                          check=False)


def refused(code, *words):
    """The one line with which an import is refused."""
    done = import_checkpoint(*words)
    lines = done.stderr.splitlines()
    assert (done.returncode, len(lines), done.stdout) == (code, 1, ""), done.stderr
    assert lines[0].startswith("tools/import-checkpoint: ")
    return lines[0]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("grids")


@pytest.fixture(scope="module")
def test_set(folder):
    """A set of the published size, and its lines in the published format."""
    recombine("generate", "grids", "--episodes", 60, "--out", folder / "all")
    recombine("split", "--data", folder / "all", "--out", folder / "split")
    data = folder / "split/train"
    lines = recombine("export", data, "--format", "carc", "--form", "split", "--out", "-").splitlines()
    return data, [json.loads(line) for line in lines[:12]]


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(5)
    return Network()


@pytest.fixture(scope="module")
def checkpoint(folder, network):
    return lightning_file(folder / "lit_model-epoch=07.ckpt", network)


def answers_of(run, data):
    recombine("predict", "--run", run, "--data", data, "--decode", "teacher", "--threads", 1, "--out",
              f"{run}.jsonl", "--force")
    with open(f"{run}.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def check_answers(run, data, wanted):
    """How many answers are the network's, all but those of which roundings decide; grids that have a special token
    are none."""
    found = answers_of(run, data)
    queries = 1 + max(row["query"] for row in found)
    grids = 0
    for (number, query), (grid, sure, gap) in wanted.items():
        row = found[number * queries + query]
        assert row["query"] == query
        if gap < 1e-4:
            continue
        assert row["output"] == grid
        if grid is not None:
            assert row["log_probability"] == pytest.approx(sure, rel=1e-4, abs=1e-3)
            grids += 1
    return grids


def test_a_checkpoint_answers_as_its_network(folder, test_set, network, checkpoint):
    done = import_checkpoint(checkpoint, "--out", folder / "run")
    count = sum(tensor.numel() for tensor in network.parameters())
    assert done.returncode == 0, done.stderr
    assert f"step 1456 of {checkpoint} as reference, {count:,} parameters" in done.stdout
    data, episodes = test_set
    assert check_answers(folder / "run", data, forced_answers(network, episodes)) > 100
    told = json.loads((folder / "run/run.json").read_text())
    assert told["imported_from"]["hyper_parameters"]["nepochs"] == 300
    assert told["task"] == {"side": 10, "study": 12}
    assert "zero-patch-weight = 0.2\n" in (folder / "run/config.ini").read_text()


def test_weights_are_those_of_the_file(folder, network, checkpoint):
    import_checkpoint(checkpoint, "--out", folder / "same", "--force")
    stored = load_file(folder / "same/checkpoints/step-1456/model.safetensors")
    assert set(stored) == set(network.state_dict())
    assert all((stored[name] == tensor.numpy()).all() for name, tensor in network.state_dict().items())


def test_the_published_size_is_read(folder):
    network = Network(width=128, heads=8, encoder=3, decoder=3, multiple=6)
    file = lightning_file(folder / "last.ckpt", network, hidden_size=128, nhead=8, nlayers_encoder=3, nlayers_decoder=3,
                          ff_mult=6)
    assert "5,720,213 parameters" in import_checkpoint(file, "--out", folder / "published").stdout


@pytest.mark.parametrize("study", [0, 3, 6])
def test_other_study_sets_are_found_from_the_positions(folder, study):
    file = lightning_file(folder / f"{study}.ckpt", Network(study=study), num_support=study)
    assert import_checkpoint(file, "--out", folder / f"study-{study}").returncode == 0
    task = json.loads((folder / f"study-{study}/run.json").read_text())["task"]
    assert task == {"side": 10, "study": study}


def test_an_imported_run_is_converted(folder, test_set, checkpoint):
    import_checkpoint(checkpoint, "--out", folder / "whole", "--force")
    recombine("convert", "--run", folder / "whole", "--vocabulary", "compact", "--out", folder / "compact")
    assert answers_of(folder / "compact", test_set[0])


@pytest.mark.parametrize("change", ["alone", "compiled", "parallel", "half"])
def test_weights_alone_need_the_number_of_heads(folder, test_set, network, change):
    states = network.state_dict()
    if change == "compiled":
        states = {f"model._orig_mod.{name}": tensor for name, tensor in states.items()}
    if change == "parallel":
        states = {f"module.{name}": tensor for name, tensor in states.items()}
    if change == "half":
        states = {name: tensor.to(torch.bfloat16) for name, tensor in states.items()}
        network = Network()
        network.load_state_dict(states)
    file = folder / f"{change}.pt"
    torch.save(states, file)
    assert "--heads (the published network has 8)" in refused(2, file, "--out", folder / change)
    assert import_checkpoint(file, "--out", folder / change, "--heads", 4).returncode == 0
    data, episodes = test_set
    assert check_answers(folder / change, data, forced_answers(network, episodes[:2])) > 15


class Runs:
    """Whoever makes one of its pickle runs a command."""

    def __init__(self, command):
        self.command = command

    def __reduce__(self):
        return os.system, (self.command,)


def test_nothing_of_a_pickle_is_run(folder, network):
    marker = folder / "marker"
    states = {f"model.{name}": tensor for name, tensor in network.state_dict().items()}
    for place in ("state_dict", "hyper_parameters", "extra"):
        content = {"state_dict": dict(states), "hyper_parameters": {}}
        content[place] = {**content.get(place, {}), "x": Runs(f"touch {marker}")}
        torch.save(content, folder / "evil.ckpt")
        assert "system, which is a program's and no data" in refused(3, folder / "evil.ckpt", "--out", folder / "evil")
    assert not marker.exists()
    assert not (folder / "evil").exists() and not (folder / "evil.part").exists()


def test_a_namespace_is_refused_with_a_way_on(folder, network):
    states = {f"model.{name}": tensor for name, tensor in network.state_dict().items()}
    file = folder / "namespace.ckpt"
    torch.save({"state_dict": states, "hyper_parameters": argparse.Namespace(nhead=4)}, file)
    line = refused(3, file, "--out", folder / "namespace")
    assert "argparse.Namespace" in line
    command = line[line.index('"') + 1:line.rindex('"')]
    # As the line says, in the Python that has the class.
    wild = {"torch": torch}
    exec(command.replace("import torch; ", "").replace("'weights.pt'", repr(str(folder / "weights.pt"))), wild)
    assert import_checkpoint(folder / "weights.pt", "--out", folder / "namespace", "--heads", 4).returncode == 0


@pytest.mark.parametrize("changes, words", [
    ({"activation": "relu"}, "activation relu, and gelu is needed"),
    ({"hidden_size": 64}, "hidden_size 64, and 32 is needed"),
    ({"num_support": 18}, "num_support 18, and 12 is needed"),
    ({"ff_mult": 6}, "ff_mult 6, and 2.0 is needed"),
    ({"grid_size": (12, 12)}, "grid_size (12, 12), and [10, 10] is needed"),
    ({"patch_size": (1, 1)}, "patch_size (1, 1), and [2, 2] is needed"),
])
def test_contradictions_are_refused(folder, network, changes, words):
    file = lightning_file(folder / "odd.ckpt", network, **changes)
    assert words in refused(3, file, "--out", folder / "odd")


def missing(states):
    states.pop("model.transformer.decoder.layers.0.multihead_attn.out_proj.bias")


def left_over(states):
    states["model.transformer.encoder.layers.0.norm3.weight"] = torch.ones(32)


def misshapen(states):
    states["model.out.bias"] = torch.zeros(10_004)


def without_numbers(states):
    states["model.transformer.encoder.norm.weight"] = torch.full([32], float("nan"))


def of_integers(states):
    states["model.positional_encoding.row_embed"] = torch.zeros(5, 32, dtype=torch.int64)


@pytest.mark.parametrize("damage, words", [
    (missing, "has no tensor transformer.decoder.layers.0.multihead_attn.out_proj.bias"),
    (left_over, "norm3.weight that the network has no place for"),
    (misshapen, "out.bias is [10004], and [10005] is needed"),
    (without_numbers, "transformer.encoder.norm.weight holds values that are not finite"),
    (of_integers, "row_embed is no tensor of floating-point numbers"),
])
def test_damaged_tensors_are_refused(folder, checkpoint, damage, words):
    content = torch.load(checkpoint, weights_only=True)
    damage(content["state_dict"])
    torch.save(content, folder / "damaged.ckpt")
    assert words in refused(3, folder / "damaged.ckpt", "--out", folder / "damaged")


def test_files_that_are_no_checkpoints_are_refused(folder, checkpoint):
    (folder / "cut.ckpt").write_bytes(checkpoint.read_bytes()[:100_000])
    assert "is no whole file of torch.save" in refused(3, folder / "cut.ckpt", "--out", folder / "no")
    (folder / "text.ckpt").write_text("{}")
    assert "is no whole file of torch.save" in refused(3, folder / "text.ckpt", "--out", folder / "no")
    for number, odd in enumerate([b"a", b"s", b"}", b"\x80\x02u.", b"\x80\x02]q\x00(e.", bytes(range(256))]):
        (folder / f"odd{number}.ckpt").write_bytes(odd)
        assert "is no whole file of torch.save" in refused(
            3, folder / f"odd{number}.ckpt", "--out", folder / "no")
    (folder / "empty.ckpt").write_bytes(b"")
    assert "is no whole file of torch.save" in refused(3, folder / "empty.ckpt", "--out", folder / "no")
    torch.save({"state_dict": {"fc.weight": torch.zeros(2)}}, folder / "other.ckpt")
    assert "is no checkpoint of Compositional-ARC" in refused(3, folder / "other.ckpt", "--out", folder / "no")
    torch.save([1, 2], folder / "list.ckpt")
    assert "holds no table of tensors" in refused(3, folder / "list.ckpt", "--out", folder / "no")
    assert "is not there" in refused(3, folder / "none.ckpt", "--out", folder / "no")
    assert "name the checkpoint's file" in refused(3, folder, "--out", folder / "no")


def test_a_run_that_is_there_stays(folder, checkpoint):
    assert import_checkpoint(checkpoint, "--out", folder / "stays").returncode == 0
    assert "exists; --force replaces it" in refused(3, checkpoint, "--out", folder / "stays")
    assert import_checkpoint(checkpoint, "--out", folder / "stays", "--force").returncode == 0
    assert not list(folder.glob("stays*.part"))
    (folder / "thesis").mkdir()
    (folder / "thesis" / "chapter.tex").write_text("years")
    for foreign in (folder / "thesis", folder / "thesis" / "..", folder / "thesis" / "."):
        assert "is something else" in refused(3, checkpoint, "--out", foreign, "--force")
    assert (folder / "thesis" / "chapter.tex").read_text() == "years"
    assert "--heads 8: hyper_parameters" in refused(2, checkpoint, "--out", folder / "other", "--heads", 8)
