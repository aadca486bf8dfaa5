"""Folders of a Hugging Face GPT-2 become runs, and runs such folders, with the same answers."""

import json
import shutil
import subprocess

import pytest
from conftest import ROOT, recombine
from published import torch
from published_facts import ids_of, network, padded_rows, words_in, write_official
from safetensors.torch import load_file, save_file
from transformers import AutoTokenizer, GPT2LMHeadModel


def tool(name, *words):
    return subprocess.run([ROOT / f"tools/{name}-checkpoint", *map(str, words)], capture_output=True, text=True,
                          check=False)


def done(name, *words):
    made = tool(name, *words)
    assert made.returncode == 0, made.stderr
    return made


def refused(code, name, *words):
    made = tool(name, *words)
    lines = made.stderr.splitlines()
    assert (made.returncode, len(lines), made.stdout) == (code, 1, ""), made.stderr
    assert lines[0].startswith(f"tools/{name}-checkpoint: ")
    return lines[0]


WORLDS = {"composition": ["--relations", 5, "--degree", 4, "--test-fraction", 0.2],
          "no-chain": ["--relations", 5, "--degree", 4, "--test-fraction", 0.2, "--cot", "off"],
          "comparison": ["--task", "comparison", "--relations", 3, "--values", 6]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("facts")


@pytest.fixture(scope="module")
def worlds(folder):
    """A small world of each kind, and its folder in the published format."""
    for name, options in WORLDS.items():
        recombine("generate", "facts", "--entities", 30, "--lambda", 2, *options, "--out", folder / name)
        recombine("export", folder / name, "--format", "grokked", "--out", folder / f"{name}-grokked")
    return folder


def tokens_of(world):
    return json.loads((world.with_name(f"{world.name}-grokked") / "vocab.json").read_text())


def answers_of(run, data, decode):
    file = f"{run}-{data.name}-{decode}.jsonl"
    recombine("predict", "--run", run, "--data", data, "--decode", decode, "--threads", 1, "--out", file, "--force")
    with open(file, encoding="utf-8") as lines:
        return {row["item"]: row for row in map(json.loads, lines)}


def check_answers(model, ids, world, run, sets=("val_id", "test_ood")):
    """How many answers of the run are those of the network, whose rows have the names `ids`."""
    compared = 0
    allowed = torch.tensor(sorted(ids[name] for name in run_tokens(world)))
    names = {row: name for name, row in ids.items()}
    for data in sets:
        rows = answers_of(run, world / data, "teacher")
        lines = recombine("export", world / data, "--format", "jsonl", "--out", "-").splitlines()
        for item in map(json.loads, lines):
            question, target = words_in(item["input_text"]), words_in(item["target_text"])
            with torch.no_grad():
                logits = model(torch.tensor([[ids[word] for word in target]])).logits[0].log_softmax(-1)
            places = range(len(question) - 1, len(target) - 1)
            best = "".join(names[allowed[logits[place, allowed].argmax()].item()] for place in places)
            sure = sum(logits[place, ids[target[place + 1]]].item() for place in places)
            row = rows[item["id"]]
            assert row["forced"] == best
            assert row["output"] == (best[:best.index("</a>") + 4] if "</a>" in best else best)
            assert row["log_probability"] == pytest.approx(sure, rel=1e-4, abs=1e-3)
            compared += 1
    return compared


def run_tokens(world):
    """The names of a world's tokens that a run has: those of vocab.json that its items are made of."""
    unused = {"<mask>", "<sep>", "<a>", "<q>", "</q>", "<b>"}
    if world.name == "comparison":
        unused = {"<sep>", "<b>"}
    return [name for name in tokens_of(world) if name not in unused]


@pytest.mark.parametrize("kind", WORLDS)
@pytest.mark.parametrize("weights", ["pytorch_model.bin", "model.safetensors"])
def test_a_published_folder_answers_as_its_network(worlds, kind, weights):
    world = worlds / kind
    tokens = tokens_of(world)
    model = network(padded_rows(tokens))
    source = write_official(worlds / f"{kind}-{weights}", model, tokens, weights)
    run = worlds / f"run-{kind}-{weights}"
    assert f"step 4000 of {source} as gpt, " in done("import", source, "--out", run).stdout
    assert check_answers(model, ids_of(tokens), world, run) > 20
    told = json.loads((run / "run.json").read_text())
    assert told["parameters"] == sum(tensor.numel() for tensor in model.parameters())
    assert answers_of(run, world / "test_ood", "greedy")


def test_vocab_of_the_data_names_the_rows(worlds):
    world = worlds / "composition"
    tokens = tokens_of(world)
    model = network(padded_rows(tokens))
    source = write_official(worlds / "bare", model, tokens)
    for name in ("vocab.json", "merges.txt", "added_tokens.json"):
        (source / name).unlink()
    assert "has no tokens of a world of facts" in refused(3, "import", source, "--out", worlds / "bare-run")
    done("import", source, "--out", worlds / "bare-run", "--vocab", worlds / "composition-grokked/vocab.json")
    assert check_answers(model, ids_of(tokens), world, worlds / "bare-run") > 20


def test_any_order_and_number_of_rows_is_read(worlds):
    """Of a program that puts the world's tokens first and in another order, among others."""
    world = worlds / "composition"
    tokens = tokens_of(world)[::-1] + [f"other{i}" for i in range(9)]
    model = network(len(tokens))
    source = worlds / "other-order"
    model.save_pretrained(source)
    ids = {name: row for row, name in enumerate(tokens)}
    (source / "tokenizer.json").write_text(json.dumps({"model": {"vocab": ids}, "added_tokens": []}))
    made = done("import", source, "--out", worlds / "other-run")
    assert "step 0 of " in made.stdout
    rows = load_file(worlds / "other-run/checkpoints/step-0/model.safetensors")["wte.weight"].shape[0]
    assert rows == len(tokens) or f"got {rows - len(tokens)} more rows" in made.stderr
    if rows == len(tokens):
        assert check_answers(model, ids, world, worlds / "other-run") > 20


def test_blocks_that_are_run_twice_are_read(worlds):
    tokens = tokens_of(worlds / "composition")
    model = network(padded_rows(tokens))
    source = write_official(worlds / "recurrent", model, tokens)
    config = json.loads((source / "config.json").read_text())
    (source / "config.json").write_text(json.dumps({**config, "add_recurrence": True}))
    done("import", source, "--out", worlds / "recurrent-run")
    assert "recurrence = 2\n" in (worlds / "recurrent-run/config.ini").read_text()
    twice = network(padded_rows(tokens), layers=4)
    for number, block in enumerate(twice.transformer.h):
        block.load_state_dict(model.transformer.h[number % 2].state_dict())
    for part in ("wte", "wpe", "ln_f"):
        getattr(twice.transformer, part).load_state_dict(getattr(model.transformer, part).state_dict())
    assert check_answers(twice, ids_of(tokens), worlds / "composition", worlds / "recurrent-run") > 20


def train(folder, world, name, *options):
    """A run of the model gpt after a few steps."""
    recombine("train", "--config", ROOT / "configs/facts-tiny.ini", "--data", world, "--out", folder / name, "--steps",
              6, "--warmup", 1, "--batch", 64, "--model.width", 32, "--model.feed-forward", 64, "--lr", 0.02,
              "--validate-every", 3, "--workers", 1, *options)
    return folder / name


@pytest.mark.parametrize("kind, options", [
    ("composition", []),
    ("no-chain", ["--model.vocabulary-multiple", 8, "--model.positions", 16, "--model.dropout", 0.1]),
    ("comparison", ["--model.layers", 3]),
    ("composition", ["--model.vocabulary", "padded"]),
    ("composition", ["--model.recurrence", 3]),
])
def test_a_run_answers_as_a_folder_in_transformers(worlds, kind, options):
    name = f"{kind}-{len(options)}-{options[-1] if options else ''}"
    run, world = train(worlds, worlds / kind, f"own-{name}", *options), worlds / kind
    made = done("export", run, "--out", worlds / f"folder-{name}")
    assert "step-6 of " in made.stdout and made.stderr == ""
    model, said = GPT2LMHeadModel.from_pretrained(worlds / f"folder-{name}", output_loading_info=True)
    assert not any(said.values())
    tokenizer = AutoTokenizer.from_pretrained(worlds / f"folder-{name}")
    ids = {token: tokenizer(token)["input_ids"][0] for token in run_tokens(world)}
    assert tokenizer("<e_3><r_1>" if kind != "comparison" else "<e_3><attr_1>")["input_ids"] == [
        ids["<e_3>"], ids["<r_1>" if kind != "comparison" else "<attr_1>"]]
    assert check_answers(model.eval(), ids, world, run) > 20


def test_what_goes_out_comes_back(worlds):
    run = train(worlds, worlds / "composition", "own", "--model.vocabulary-multiple", 8)
    done("export", run, "--out", worlds / "out", "--checkpoint", 3)
    done("import", worlds / "out", "--out", worlds / "back")
    before = load_file(run / "checkpoints/step-3/model.safetensors")
    after = load_file(worlds / "back/checkpoints/step-0/model.safetensors")
    assert set(before) == set(after)
    assert all(torch.equal(before[name], after[name]) for name in before)
    done("export", worlds / "back", "--out", worlds / "again")
    assert (worlds / "again/model.safetensors").read_bytes() == (worlds / "out/model.safetensors").read_bytes()
    assert (worlds / "again/tokenizer.json").read_bytes() == (worlds / "out/tokenizer.json").read_bytes()
    assert "there are 3, 6" in refused(2, "export", run, "--out", worlds / "none", "--checkpoint", 5)


def test_generate_ends_with_the_answer(worlds):
    run = train(worlds, worlds / "no-chain", "short")
    done("export", run, "--out", worlds / "short-folder")
    model = GPT2LMHeadModel.from_pretrained(worlds / "short-folder")
    tokenizer = AutoTokenizer.from_pretrained(worlds / "short-folder")
    asked = tokenizer("<e_0><r_0>", return_tensors="pt")
    said = tokenizer.decode(model.generate(**asked, max_new_tokens=3, do_sample=False)[0])
    assert said.startswith("<e_0><r_0><")


CHANGES = [({"activation_function": "relu"}, "the model gpt has gelu_new alone"),
           ({"scale_attn_by_inverse_layer_idx": True}, "scale_attn_by_inverse_layer_idx is True"),
           ({"layer_norm_epsilon": 1e-6}, "layer_norm_epsilon is 1e-06; the model gpt has 1e-05 alone"),
           ({"no_ln": True}, "no_ln is True"),
           ({"re_embed": True}, "re_embed is True"),
           ({"n_head": 3}, "n_head is 3, and a divisor of the width 16 is needed"),
           ({"model_type": "llama"}, "is of no gpt2")]


@pytest.mark.parametrize("changes, words", CHANGES)
def test_other_networks_are_refused(worlds, changes, words):
    tokens = tokens_of(worlds / "composition")
    source = write_official(worlds / "odd", network(padded_rows(tokens)), tokens)
    config = json.loads((source / "config.json").read_text())
    (source / "config.json").write_text(json.dumps({**config, **changes}))
    assert words in refused(3, "import", source, "--out", worlds / "odd-run")


def test_damaged_folders_are_refused(worlds):
    tokens = tokens_of(worlds / "composition")
    sound = write_official(worlds / "sound", network(padded_rows(tokens)), tokens, "model.safetensors")

    def after(damage):
        shutil.rmtree(worlds / "damaged", ignore_errors=True)
        source = shutil.copytree(sound, worlds / "damaged")
        damage(source)
        return refused(3, "import", source, "--out", worlds / "damaged-run")

    def change(name, value):
        def damage(source):
            states = load_file(source / "model.safetensors")
            states.pop(name) if value is None else states.update({name: value})
            save_file(states, source / "model.safetensors")
        return damage

    def cut(source):
        data = (source / "model.safetensors").read_bytes()
        (source / "model.safetensors").write_bytes(data[:-100])

    def rename(source):
        added = json.loads((source / "added_tokens.json").read_text())
        (source / "added_tokens.json").write_text(json.dumps({f"x{name}": row for name, row in added.items()}))

    def skip(source):
        added = json.loads((source / "added_tokens.json").read_text())
        added.pop("<e_7>")
        (source / "added_tokens.json").write_text(json.dumps(added))

    assert "has no tensor h.1.ln_2.bias" in after(change("transformer.h.1.ln_2.bias", None))
    assert "h.0.attn.c_attn.weight is [48, 16]" in after(
        change("transformer.h.0.attn.c_attn.weight", torch.zeros(48, 16)))
    assert "lm_head.weight is not transformer.wte.weight" in after(
        change("lm_head.weight", torch.zeros(padded_rows(tokens), 16)))
    assert "wpe.weight holds values that are not finite" in after(
        change("transformer.wpe.weight", torch.full([24, 16], float("inf"))))
    assert "is no whole safetensors file" in after(cut)
    assert "has no tokens of a world of facts" in after(rename)
    assert "and no token <e_29>" in after(skip) or "and no token <e_7>" in after(skip)
    assert "has no model.safetensors and no pytorch_model.bin" in after(
        lambda source: (source / "model.safetensors").unlink())
    assert "is not JSON" in after(lambda source: (source / "config.json").write_text("{"))


def test_turns_that_read_tokens_are_no_gpt2(worlds):
    turns = ["--model.recurrence", 2, "--model.turn-input", "read-out", "--model.turn-loss", "hops"]
    run = train(worlds, worlds / "no-chain", "turns", *turns)
    assert "turn-input read-out: GPT-2 has no turns" in refused(3, "export", run, "--out", worlds / "turns-folder")
    assert not (worlds / "turns-folder").exists()
    same = train(worlds, worlds / "no-chain", "every", "--model.recurrence", 2, "--model.turn-loss", "every")
    done("export", same, "--out", worlds / "every-folder")


def test_what_is_no_gpt_is_not_exported(worlds, run):
    assert "is of the model fast; only gpt is a GPT-2" in refused(3, "export", run, "--out", worlds / "fast")
    assert "run.json: cannot be read" in refused(3, "export", worlds, "--out", worlds / "fast")
