"""A GPT-2 as the published trainer of facts saves it: GPT-2's own tokens before those of the world."""

import json
import re

from published import torch
from safetensors.torch import load_file
from transformers import GPT2Config, GPT2LMHeadModel

GPT2_TOKENS = 50_257


def network(rows, width=16, heads=2, layers=2, **changes):
    """A GPT-2 whose answers differ: its weights are larger than those that training begins with."""
    torch.manual_seed(11)
    model = GPT2LMHeadModel(GPT2Config(vocab_size=rows, n_embd=width, n_head=heads, n_layer=layers, n_positions=24,
                                       initializer_range=0.2, bos_token_id=0, eos_token_id=0, **changes))
    with torch.no_grad():
        for name, tensor in model.named_parameters():
            if name.endswith("bias"):
                tensor.normal_(0, 0.1)
    return model.eval()


def padded_rows(tokens):
    return -(-(GPT2_TOKENS + len(tokens)) // 8) * 8


def write_official(path, model, tokens, weights="pytorch_model.bin", step=4000):
    """A folder as the published trainer leaves it: GPT-2's tokens, then those of the world, in the order of their
    vocab.json."""
    target = path / f"checkpoint-{step}"
    model.save_pretrained(target)
    if weights == "pytorch_model.bin":
        states = dict(load_file(target / "model.safetensors"))
        states["lm_head.weight"] = states["transformer.wte.weight"]
        for number in range(model.config.n_layer):  # as older versions stored them
            states[f"transformer.h.{number}.attn.bias"] = torch.ones(1, 1, 24, 24, dtype=torch.bool).tril()
            states[f"transformer.h.{number}.attn.masked_bias"] = torch.tensor(-1e4)
        torch.save(states, target / weights)
        (target / "model.safetensors").unlink()
    (target / "vocab.json").write_text(json.dumps({f"Ġword{i}": i for i in range(GPT2_TOKENS)}))
    (target / "merges.txt").write_text("#version: 0.2\n")
    (target / "added_tokens.json").write_text(json.dumps({name: GPT2_TOKENS + i for i, name in enumerate(tokens)}))
    (target / "training_args.bin").write_bytes(b"\x80\x04never read")
    return target


def ids_of(tokens):
    return {name: GPT2_TOKENS + i for i, name in enumerate(tokens)}


def words_in(text):
    return re.findall("<[^>]*>", text)
