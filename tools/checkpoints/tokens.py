"""The tokens of a world of facts (data/fact_vocabulary.h) beside those of a tokenizer's files."""
import json
import re

from checkpoints.files import DataError, InputError, read_json, read_object, require

GPT2_TOKENS = 50257  # the vocabulary that the published experiments append their tokens to
SYMBOLS = ["<q>", "<mask>", "</q>", "<a>"]
DEFAULTS = {"task": "composition", "entities": 2000, "relations": 200, "values": 20}  # of [facts]


def names_of(vocabulary):
    """The tokens by number: entities, relations (attributes), </a>; where entities are compared
    then symbols, values, and three labels an attribute."""
    compares = vocabulary["task"] != "composition"
    relation = "attr" if compares else "r"
    names = [f"<e_{i}>" for i in range(vocabulary["entities"])]
    names += [f"<{relation}_{i}>" for i in range(vocabulary["relations"])] + ["</a>"]
    if compares:
        names += SYMBOLS + [f"<{i}>" for i in range(vocabulary["values"])]
        names += [f"<attr_{i}_{order}>" for i in range(vocabulary["relations"])
                  for order in range(3)]
    return names


def _count(ids, pattern):
    return sum(1 for name in ids if re.fullmatch(pattern, name))


def vocabulary_in(ids, source):
    """The vocabulary of a world whose tokens are among `ids`, a table from name to row."""
    compares = any(name.startswith("<attr_") for name in ids)
    vocabulary = {"task": "comparison" if compares else "composition",
                  "entities": _count(ids, r"<e_\d+>"),
                  "relations": _count(ids, r"<attr_\d+>" if compares else r"<r_\d+>"),
                  "values": _count(ids, r"<\d+>") if compares else 0}
    require(vocabulary["entities"] and vocabulary["relations"],
            f"{source}: has no tokens of a world of facts, such as <e_0> and <r_0> or <attr_0>")
    for name in names_of(vocabulary):
        require(name in ids, f"{source}: has {vocabulary['entities']} entities and "
                f"{vocabulary['relations']} relations, and no token {name}")
    return vocabulary


def _listed(tokens, source):
    """[{"id": 50257, "content": "<e_0>"}, ...] and {"50257": {"content": "<e_0>"}} as a table."""
    try:
        if isinstance(tokens, dict):
            return {entry["content"]: int(number) for number, entry in tokens.items()}
        return {entry["content"]: entry["id"] for entry in tokens}
    except (KeyError, TypeError, ValueError):
        raise DataError(f"{source}: its added tokens are not listed with id and content") from None


def ids_in(folder):
    """Rows by the names of tokens, as the tokenizer's files in a folder give them."""
    ids = {}
    for name in ("vocab.json", "tokenizer.json", "added_tokens.json", "tokenizer_config.json"):
        file = folder / name
        if not file.exists():
            continue
        content = read_json(file)
        require(isinstance(content, dict), f"{file}: is no JSON object; a list of tokens that were "
                "appended to those of GPT-2 is given with --vocab")
        if name == "tokenizer.json":
            model = content.get("model")
            words = model.get("vocab") if isinstance(model, dict) else None
            require(isinstance(words, dict), f"{file}: has no table model.vocab of words")
            ids.update(words)
            ids.update(_listed(content.get("added_tokens", []), file))
        elif name == "tokenizer_config.json":
            ids.update(_listed(content.get("added_tokens_decoder", {}), file))
        else:
            ids.update(content)
    require(all(isinstance(row, int) for row in ids.values()),
            f"{folder}: the tokenizer's files do not give every token a number")
    return ids


def ids_of_list(file, rows):
    """The same of the vocab.json of a data folder: the tokens that the trainer appended to those of
    GPT-2, in order."""
    tokens = read_json(file)
    require(isinstance(tokens, list) and all(isinstance(token, str) for token in tokens),
            f"--vocab {file}: is no JSON list of tokens", InputError)
    first = GPT2_TOKENS if rows >= GPT2_TOKENS else 0
    require(first + len(tokens) <= rows, f"--vocab {file}: has {len(tokens)} tokens, and the "
            f"network has rows for {rows - first}", InputError)
    return {token: first + number for number, token in enumerate(tokens)}


def vocabulary_of_run(info, data):
    """The vocabulary that a run's task is made of: of the data set or world in folder `data`, where
    one is given, else of what run.json says. None where it says nothing."""
    if data is not None:
        sets = [data / "manifest.json", data / "train" / "manifest.json"]
        found = next((file for file in sets if file.exists()), None)
        require(found is not None, f"--data {data}: is no data set and no world", InputError)
        vocabulary = read_object(found).get("vocabulary")
        require(isinstance(vocabulary, dict), f"{found}: has no vocabulary; is it of facts?")
        return vocabulary
    imported = info.get("imported_from", {}).get("vocabulary")
    if imported:
        return imported
    recipe = info.get("data", {}).get("recipe", {})
    if recipe.get("family") != "facts" or "options" not in recipe:
        return None
    vocabulary = {name: type(value)(recipe["options"].get(name, value))
                  for name, value in DEFAULTS.items()}
    if vocabulary["task"] == "composition":
        vocabulary["values"] = 0
    return vocabulary


def write_tokenizer(folder, names, first, positions):
    """A tokenizer that gives name i the row first + i, as `transformers` reads it."""
    (folder / "tokenizer.json").write_text(json.dumps({
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [],
        "normalizer": None, "post_processor": None, "decoder": {"type": "Fuse"},
        "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "<[^>]*>"},
                          "behavior": "Isolated", "invert": False},
        "model": {"type": "WordLevel", "unk_token": "<unk>",
                  "vocab": {name: first + i for i, name in enumerate(names)}},
    }, ensure_ascii=False), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({
        "tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "</a>", "pad_token": "</a>",
        "model_max_length": positions}, indent=2) + "\n", encoding="utf-8")
