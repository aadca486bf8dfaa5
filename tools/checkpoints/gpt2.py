"""A folder of a Hugging Face GPT-2 (arXiv 2405.15071, 2502.04667) and a run of the model `gpt`: one
network, with other names, matrices the other way round (Conv1D) and tokens in another order."""
import re

from checkpoints.files import (DataError, InputError, float_weights, read_object, read_safetensors,
                               require, require_tensors, unpickle, write_json, write_safetensors)
from checkpoints.tokens import GPT2_TOKENS, names_of, vocabulary_in, write_tokenizer

MOST_MULTIPLE = 4096  # of --model.vocabulary-multiple
PARTS = {"ln_1": "ln_1", "attn.c_attn": "qkv", "attn.c_proj": "proj", "ln_2": "ln_2",
         "mlp.c_fc": "fc", "mlp.c_proj": "fc_proj"}
WHOLE = {"wte.weight": "wte.weight", "wpe.weight": "wpe.weight", "ln_f.weight": "ln_f.weight",
         "ln_f.bias": "ln_f.bias"}
# What a GPT-2 may be that `gpt` is not, and what it must say then; the last five are switches of
# GrokkedTransformer's own GPT-2.
NEEDED = {"layer_norm_epsilon": 1e-5, "scale_attn_weights": True,
          "scale_attn_by_inverse_layer_idx": False, "add_cross_attention": False,
          "no_ln": False, "no_mlp": False, "share_mlp": False, "add_memory": False,
          "re_embed": False}
TANH_GELU = ("gelu_new", "gelu_pytorch_tanh", "gelu_fast")


def is_gpt2(folder):
    return (folder / "config.json").exists()


def read_weights(torch, folder):
    """All tensors of the folder, in one file or several, and the name of the file."""
    for single, read in (("model.safetensors", read_safetensors), ("pytorch_model.bin", unpickle)):
        index = folder / f"{single}.index.json"
        if (folder / single).exists():
            return read(torch, folder / single), folder / single
        if index.exists():
            tensors = {}
            for name in sorted(set(read_object(index).get("weight_map", {}).values())):
                tensors.update(read(torch, folder / name))
            return tensors, index
    raise DataError(f"{folder}: has no model.safetensors and no pytorch_model.bin")


def own_tensors(torch, tensors, source):
    """The network's tensors without the prefix; what a GPT-2 stores twice or can compute is left
    out."""
    own = {}
    for name, tensor in tensors.items():
        plain = re.sub(r"^transformer\.", "", name)
        if not re.fullmatch(r"h\.\d+\.attn\.(masked_)?bias|lm_head\.weight", plain):
            own[plain] = tensor
    head = tensors.get("lm_head.weight")
    for name in ("wte.weight", "wpe.weight"):
        require(name in own and own[name].dim() == 2,
                f"{source}: holds no GPT-2; it has no matrix transformer.{name}")
    require(head is None or torch.equal(head, own["wte.weight"]), f"{source}: lm_head.weight is "
            "not transformer.wte.weight, and gpt has one table for both")
    return own


def sizes_of(config, tensors, source):
    for name, value in NEEDED.items():
        require(config.get(name, value) in (value, None),
                f"{source}: {name} is {config.get(name)}; the model gpt has {value} alone")
    activation = config.get("activation_function", "gelu_new")
    require(activation in TANH_GELU,
            f"{source}: activation_function is {activation}; the model gpt has gelu_new alone")
    layers = len({match[1] for name in tensors if (match := re.match(r"h\.(\d+)\.", name))})
    heads, width = config.get("n_head"), tensors["wte.weight"].shape[1]
    require(isinstance(heads, int) and heads > 0 and width % heads == 0,
            f"{source}: n_head is {heads}, and a divisor of the width {width} is needed")
    require("h.0.mlp.c_fc.bias" in tensors, f"{source}: has no tensor h.0.mlp.c_fc.bias")
    return {"width": width, "heads": heads, "layers": layers,
            "feed-forward": tensors["h.0.mlp.c_fc.bias"].shape[0],
            "positions": tensors["wpe.weight"].shape[0], "rows": tensors["wte.weight"].shape[0]}


def shapes_of(sizes):
    """The shape of every tensor by its name in GPT-2; matrices are [in, out]."""
    width, hidden = sizes["width"], sizes["feed-forward"]
    outs = {"ln_1": [width], "attn.c_attn": [width, 3 * width], "attn.c_proj": [width, width],
            "ln_2": [width], "mlp.c_fc": [width, hidden], "mlp.c_proj": [hidden, width]}
    shapes = {"wte.weight": [sizes["rows"], width], "wpe.weight": [sizes["positions"], width],
              "ln_f.weight": [width], "ln_f.bias": [width]}
    for number in range(sizes["layers"]):
        for part, shape in outs.items():
            shapes[f"h.{number}.{part}.weight"] = shape
            shapes[f"h.{number}.{part}.bias"] = shape[-1:]
    return shapes


def names(layers):
    """Pairs of a name in GPT-2 and ours, and whether the matrix is turned."""
    pairs = [(theirs, ours, False) for theirs, ours in WHOLE.items()]
    for number in range(layers):
        for theirs, ours in PARTS.items():
            for end in ("weight", "bias"):
                pairs.append((f"h.{number}.{theirs}.{end}", f"blocks.{number}.{ours}.{end}",
                              end == "weight" and not theirs.startswith("ln_")))
    return pairs


def table_size(rows, named):
    """The least size of at least `rows` that `named` rows, rounded up to a multiple, can have, and
    the multiple."""
    for size in range(rows, named + MOST_MULTIPLE):
        for multiple in range(size - named + 1, MOST_MULTIPLE + 1):
            if size % multiple == 0:
                return size, multiple
    return None


def in_our_order(torch, table, ids, vocabulary, source):
    """The rows as `gpt` has them: those of GPT-2, where the tokens of the world are none of them,
    then the world's, then all others. Returns them, the options that say so, and how many rows
    were added."""
    rows = table.shape[0]
    world = [ids[name] for name in names_of(vocabulary)]
    require(len(set(world)) == len(world) and min(world) >= 0 and max(world) < rows,
            f"{source}: its tokens name {len(world)} rows up to {max(world)}, not all different or "
            f"not among the {rows} of the table")
    padded = rows >= GPT2_TOKENS + len(world) and min(world) >= GPT2_TOKENS
    first = list(range(GPT2_TOKENS)) if padded else []
    taken = set(first) | set(world)
    rest = [row for row in range(rows) if row not in taken]
    found = table_size(rows, len(first) + len(world))
    require(found is not None, f"{source}: has {len(rest)} rows beside those of the world; gpt has "
            f"room for {MOST_MULTIPLE - 1}")
    size, multiple = found
    # Rows that are added are like one that stands for no token of the world.
    order = first + world + rest + rest[-1:] * (size - rows)
    return table[torch.tensor(order)], {"vocabulary": "padded" if padded else "compact",
                                        "vocabulary-multiple": multiple}, size - rows


def step_of(folder):
    """The updates that a trainer's folder has in its name or in trainer_state.json; else 0."""
    state = folder / "trainer_state.json"
    if state.exists() and isinstance(read_object(state).get("global_step"), int):
        return read_object(state)["global_step"]
    named = re.search(r"checkpoint-(\d+)", folder.resolve().name)
    return int(named[1]) if named else 0


def gpt_run(torch, folder, ids_from):
    """What write_run() needs; `ids_from` gives rows by names of tokens for a table of so many rows.
    The last value is how many rows were added to the table."""
    config = read_object(folder / "config.json")
    require(config.get("model_type", "gpt2") == "gpt2", f"{folder / 'config.json'}: is of no gpt2")
    tensors, source = read_weights(torch, folder)
    require(isinstance(tensors, dict), f"{source}: is no table of tensors")
    weights = float_weights(torch, own_tensors(torch, tensors, source), source)
    sizes = sizes_of(config, weights, folder / "config.json")
    require_tensors(weights, shapes_of(sizes), source)
    ids = ids_from(sizes["rows"])
    vocabulary = vocabulary_in(ids, folder)
    table, rows_said, added = in_our_order(torch, weights["wte.weight"], ids, vocabulary, folder)
    weights["wte.weight"] = table
    weights = {ours: weights[theirs].t() if turned else weights[theirs]
               for theirs, ours, turned in names(sizes["layers"])}
    drops = {config.get(name, 0) for name in ("attn_pdrop", "embd_pdrop", "resid_pdrop")}
    options = {"name": "gpt", **rows_said,
               **{name: sizes[name] for name in ("width", "heads", "feed-forward", "layers",
                                                 "positions")},
               "recurrence": 2 if config.get("add_recurrence") else 1,
               "dropout": drops.pop() if len(drops) == 1 else 0}
    task = {"tokens": len(names_of(vocabulary)), "length": sizes["positions"]}
    imported = {"format": "gpt2", "vocabulary": vocabulary}
    return options, task, step_of(folder), weights, imported, added


def write_gpt2(folder, weights, options, vocabulary):
    """The run's network as a folder of GPT-2; tokens keep their rows, and blocks that are run again
    are written again. Without a vocabulary no tokenizer is written."""
    layers, again = int(options["layers"]), int(options["recurrence"])
    between = options.get("turn-input", "state")
    require(again == 1 or between == "state",
            f"a run with --model.turn-input {between}: GPT-2 has no turns; state alone is exported")
    tensors = {}
    for theirs, ours, turned in names(layers):
        require(ours in weights, f"the checkpoint has no tensor {ours}")
        tensor = weights[ours].t() if turned else weights[ours]
        block = re.match(r"h\.(\d+)\.", theirs)
        if not block:
            tensors[f"transformer.{theirs}"] = tensor
            continue
        for number in range(int(block[1]), layers * again, layers):
            tensors[f"transformer.h.{number}.{theirs[block.end():]}"] = tensor
    rows, width = weights["wte.weight"].shape
    positions, dropout = weights["wpe.weight"].shape[0], float(options["dropout"])
    first = GPT2_TOKENS if options["vocabulary"] == "padded" else 0
    config = {
        "architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "vocab_size": rows,
        "n_positions": positions, "n_embd": width, "n_layer": layers * again,
        "n_head": int(options["heads"]), "n_inner": int(options["feed-forward"]),
        "activation_function": "gelu_new", "layer_norm_epsilon": 1e-5, "attn_pdrop": dropout,
        "embd_pdrop": dropout, "resid_pdrop": dropout, "scale_attn_weights": True,
        "scale_attn_by_inverse_layer_idx": False, "tie_word_embeddings": True,
        "torch_dtype": "float32",
    }
    if vocabulary is not None:
        tokens = names_of(vocabulary)
        end = first + tokens.index("</a>")
        config.update(bos_token_id=end, eos_token_id=end, pad_token_id=end)
        write_tokenizer(folder, tokens, first, positions)
    write_json(folder / "config.json", config)
    write_safetensors(folder / "model.safetensors", tensors, {"format": "pt"})
    return sum(tensor.numel() for tensor in tensors.values())
