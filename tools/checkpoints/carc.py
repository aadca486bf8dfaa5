"""The network of Compositional-ARC (arXiv 2504.01445): from its trainer's checkpoint to a run of
the model `reference`, whose weights have the same names."""
import re

from checkpoints.files import DataError, InputError, float_weights, require, require_tensors

ROWS = 5 + 10**4  # special tokens, and every patch of two by two cells
EMPTY = 5  # the token of a patch without colour
PREFIX = "model."


def is_published(tensors):
    """Whether names of tensors are those of the published network."""
    return any(name.endswith("positional_1d.pos_embedding") for name in tensors)


def network_of(content, source):
    """The network's tensors by their own names, and the tensor of class weights, or None."""
    tensors = content.get("state_dict", content)
    require(isinstance(tensors, dict), f"{source}: its state_dict is no table of tensors")
    # What torch.compile and data parallelism put before names.
    tensors = {re.sub(r"(^|\.)(_orig_mod|module)\.", r"\1", str(name)): tensor
               for name, tensor in tensors.items()}
    if any(name.startswith(PREFIX) for name in tensors):
        own = {name[len(PREFIX):]: tensor for name, tensor in tensors.items()
               if name.startswith(PREFIX)}
    else:
        own = {name: tensor for name, tensor in tensors.items() if not name.startswith("loss_fn.")}
    require(is_published(own),
            f"{source}: is no checkpoint of Compositional-ARC; its trainer's has tensors such as "
            f"{PREFIX}positional_encoding.positional_1d.pos_embedding")
    return own, tensors.get("loss_fn.weight")


def _shape(tensors, name, dimensions, source):
    require(name in tensors, f"{source}: has no tensor {name}")
    shape = list(tensors[name].shape)
    require(len(shape) == dimensions and all(shape),
            f"{source}: {name} is {shape}, and {dimensions} dimensions are needed")
    return shape


def _layers(tensors, stack):
    found = [int(match[1]) for name in tensors
             if (match := re.match(rf"transformer\.{stack}\.layers\.(\d+)\.", name))]
    return 1 + max(found, default=-1)


def sizes_of(tensors, source):
    """The sizes that the shapes of the tensors give."""
    rows, width = _shape(tensors, "out.weight", 2, source)
    require(rows == ROWS, f"{source}: has {rows} tokens; only {ROWS} are read (patches of two by "
            "two cells of ten colours, and five special tokens)")
    patches = _shape(tensors, "positional_encoding.row_embed", 2, source)[0]
    positions = _shape(tensors, "positional_encoding.positional_1d.pos_embedding", 3, source)[1]
    pair, question = 2 * patches**2 + 2, patches**2 + 1
    study, rest = divmod(positions - question, pair)
    require(study >= 0 and rest == 0, f"{source}: {positions} positions are no study pairs of "
            f"{pair} tokens and a question of {question}")
    first = "transformer.encoder.layers.0.linear1.weight"
    return {
        "width": width,
        "feed-forward": _shape(tensors, first, 2, source)[0],
        "encoder-layers": _layers(tensors, "encoder"),
        "decoder-layers": _layers(tensors, "decoder"),
        "patches": patches,
        "positions": positions,
        "study": study,
    }


def _norm(shapes, name, width):
    shapes[name + ".weight"] = shapes[name + ".bias"] = [width]


def shapes_of(sizes):
    """The shape of every tensor of a network of these sizes, by name."""
    width, hidden = sizes["width"], sizes["feed-forward"]
    shapes = {
        "positional_encoding.row_embed": [sizes["patches"], width],
        "positional_encoding.col_embed": [sizes["patches"], width],
        "positional_encoding.positional_1d.pos_embedding": [1, sizes["positions"], width],
        "input_embedding.weight": [ROWS, width],
        "output_embedding.weight": [ROWS, width],
        "out.weight": [ROWS, width],
        "out.bias": [ROWS],
    }
    for stack, attentions in (("encoder", ["self_attn"]),
                              ("decoder", ["self_attn", "multihead_attn"])):
        _norm(shapes, f"transformer.{stack}.norm", width)
        for number in range(sizes[f"{stack}-layers"]):
            layer = f"transformer.{stack}.layers.{number}."
            for attention in attentions:
                shapes[f"{layer}{attention}.in_proj_weight"] = [3 * width, width]
                shapes[f"{layer}{attention}.in_proj_bias"] = [3 * width]
                shapes[f"{layer}{attention}.out_proj.weight"] = [width, width]
                shapes[f"{layer}{attention}.out_proj.bias"] = [width]
            for name, out, size in (("linear1", hidden, width), ("linear2", width, hidden)):
                shapes[f"{layer}{name}.weight"], shapes[f"{layer}{name}.bias"] = [out, size], [out]
            for norm in range(1, len(attentions) + 2):
                _norm(shapes, f"{layer}norm{norm}", width)
    return shapes


def check_said(said, sizes, source):
    """Throws where what the trainer noted is not what the tensors are, or no network of ours."""
    side = 2 * sizes["patches"]
    noted = {"hidden_size": sizes["width"], "output_size": ROWS, "num_support": sizes["study"],
             "nlayers_encoder": sizes["encoder-layers"], "nlayers_decoder": sizes["decoder-layers"],
             "grid_size": [side, side], "patch_size": [2, 2], "activation": "gelu"}
    if "hidden_size" in said and "ff_mult" in said:
        noted["ff_mult"] = sizes["feed-forward"] / sizes["width"]
    for name, value in noted.items():
        found = list(said[name]) if isinstance(said.get(name), tuple) else said.get(name, value)
        require(found == value,
                f"{source}: hyper_parameters say {name} {said.get(name)}, and {value} is needed")


def heads_of(said, option, width, source):
    noted = said.get("nhead")
    require(option is None or noted is None or option == noted,
            f"--heads {option}: hyper_parameters of {source} say {noted}", InputError)
    heads = noted if noted is not None else option
    require(heads is not None, f"{source}: says nowhere how many heads its attention has; give "
            "--heads (the published network has 8)", InputError)
    require(isinstance(heads, int) and heads > 0 and width % heads == 0,
            f"{heads} heads of attention: must divide the width {width}", InputError)
    return heads


def reference_run(torch, content, source, heads):
    """What write_run() needs: options, task, step, weights, and what run.json says besides."""
    tensors, class_weights = network_of(content, source)
    tensors = float_weights(torch, tensors, source)
    sizes = sizes_of(tensors, source)
    require_tensors(tensors, shapes_of(sizes), source)
    said = content.get("hyper_parameters", {})
    require(isinstance(said, dict), f"{source}: hyper_parameters are no table")
    check_said(said, sizes, source)
    options = {"name": "reference", "vocabulary": "full", "width": sizes["width"],
               "heads": heads_of(said, heads, sizes["width"], source),
               "feed-forward": sizes["feed-forward"],
               "encoder-layers": sizes["encoder-layers"],
               "decoder-layers": sizes["decoder-layers"], "patch": 2}
    if torch.is_tensor(class_weights) and class_weights.numel() == ROWS:
        options["zero-patch-weight"] = f"{float(class_weights[EMPTY]):g}"
    step = content.get("global_step", 0)
    if not isinstance(step, int) or step < 0:
        raise DataError(f"{source}: global_step is {step!r}, and a number of updates is needed")
    told = {name: content[name] for name in ("epoch", "global_step", "pytorch-lightning_version")
            if isinstance(content.get(name), (int, str))}
    plain = {name: value for name, value in said.items()
             if isinstance(value, (bool, int, float, str, list, tuple, type(None)))}
    task = {"side": 2 * sizes["patches"], "study": sizes["study"]}
    return options, task, step, tensors, {
        "format": "lightning", **told, "hyper_parameters": plain}
