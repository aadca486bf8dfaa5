"""What checkpoints are read from and written to: pickles, safetensors, JSON, run folders."""
import ctypes
import json
import pathlib
import pickle
import re
import shutil
import struct


class InputError(Exception):
    """An option is wrong: exit 2."""


class DataError(Exception):
    """A file is wrong: exit 3."""


def require(holds, text, error=DataError):
    if not holds:
        raise error(text)


def read_json(file):
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{file}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise DataError(f"{file}: is not JSON ({error})") from None


def read_object(file):
    """A JSON file that holds an object."""
    content = read_json(file)
    require(isinstance(content, dict), f"{file}: holds no JSON object")
    return content


def unpickle(torch, file):
    """What torch.save wrote, read as tensors and plain values alone: no class is made of what the
    file names, and nothing of it is called."""
    try:
        return torch.load(file, map_location="cpu", weights_only=True)
    except OSError as error:
        raise DataError(f"{file}: cannot be read ({error.strerror})") from None
    # The unpickler meets any bytes, and each of its steps fails in a way of its own.
    except Exception as error:
        named = re.search(r"GLOBAL ([\w.]+)", str(error))
        if named:
            raise DataError(
                f"{file}: names {named[1]}, which is a program's and no data, so it is not read. "
                "If you trust the file, copy its weights where that program is: python -c \"import "
                f"torch; torch.save({{'state_dict': torch.load('{file}', map_location='cpu', "
                "weights_only=False)['state_dict']}, 'weights.pt')\"; then import weights.pt with "
                "--heads N") from None
        # What the unpickler says beside it is advice to run whatever the file names.
        text = "" if isinstance(error, pickle.UnpicklingError) else f" ({error})".splitlines()[0]
        raise DataError(f"{file}: is no whole file of torch.save{text}") from None


_TYPES = {"F64": "float64", "F32": "float32", "F16": "float16", "BF16": "bfloat16",
          "I64": "int64", "I32": "int32", "I16": "int16", "I8": "int8", "U8": "uint8",
          "BOOL": "bool"}


def read_safetensors(torch, file):
    """Tensors by name."""
    try:
        data = bytearray(file.read_bytes())
    except OSError as error:
        raise DataError(f"{file}: cannot be read ({error.strerror})") from None
    try:
        (size,) = struct.unpack_from("<Q", data)
        header = json.loads(data[8:8 + size])
        header.pop("__metadata__", None)
        tensors = {}
        for name, entry in header.items():
            dtype = getattr(torch, _TYPES[entry["dtype"]])
            begin, end = entry["data_offsets"]
            count = (end - begin) // dtype.itemsize
            flat = (torch.frombuffer(data, dtype=dtype, count=count, offset=8 + size + begin)
                    if count else torch.empty(0, dtype=dtype))
            tensors[name] = flat.reshape(entry["shape"])
        return tensors
    except (ValueError, KeyError, TypeError, AttributeError, RuntimeError, struct.error) as error:
        raise DataError(f"{file}: is no whole safetensors file ({error})") from None


def write_safetensors(file, tensors, metadata):
    """float32 tensors, in the order and with the header that the program gives its own."""
    header, at = {"__metadata__": metadata}, 0
    for name in sorted(tensors):
        size = 4 * tensors[name].numel()
        header[name] = {"dtype": "F32", "shape": list(tensors[name].shape),
                        "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    with open(file, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for name in sorted(tensors):
            plain = tensors[name].contiguous()
            out.write(ctypes.string_at(plain.data_ptr(), 4 * plain.numel()))


def write_json(file, value):
    file.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def float_weights(torch, tensors, source):
    """As float32; throws where a tensor holds what is no finite number."""
    weights = {}
    for name, tensor in tensors.items():
        require(torch.is_tensor(tensor) and tensor.is_floating_point(),
                f"{source}: {name} is no tensor of floating-point numbers")
        weights[name] = tensor.detach().to(torch.float32)
        require(bool(torch.isfinite(weights[name]).all()),
                f"{source}: {name} holds values that are not finite")
    return weights


def require_tensors(tensors, wanted, source):
    """`wanted`: the shape of each tensor by name, all of them and no others."""
    for name in sorted(set(wanted) - set(tensors)):
        raise DataError(f"{source}: has no tensor {name}")
    for name in sorted(set(tensors) - set(wanted)):
        raise DataError(f"{source}: has a tensor {name} that the network has no place for")
    for name, shape in wanted.items():
        found = list(tensors[name].shape)
        require(found == list(shape), f"{source}: {name} is {found}, and {list(shape)} is needed")


class NewFolder:
    """A folder that appears whole or not at all: written as FOLDER.part, then renamed. `is_ours`
    says of a folder that is there whether it is one that may be replaced."""

    def __init__(self, path, force, is_ours):
        self.path = pathlib.Path(path).resolve()
        require(self.path.name, f"--out {path}: is no name of a folder", InputError)
        self.part = self.path.with_name(self.path.name + ".part")
        self.old = self.path.with_name(self.path.name + ".old.part")
        if not self.path.exists():
            return
        require(self.path.is_dir(), f"--out {path}: is a file")
        require(force, f"--out {path}: exists; --force replaces it")
        require(not any(self.path.iterdir()) or is_ours(self.path),
                f"--out {path}: --force replaces what this program wrote, and this is something else")

    def __enter__(self):
        shutil.rmtree(self.part, ignore_errors=True)
        try:
            self.part.mkdir(parents=True)
        except OSError as error:
            raise DataError(f"{self.part}: cannot be written ({error.strerror})") from None
        return self.part

    def __exit__(self, kind, *_):
        if kind is not None:
            shutil.rmtree(self.part, ignore_errors=True)
            return
        try:
            if self.path.exists():
                shutil.rmtree(self.old, ignore_errors=True)
                self.path.rename(self.old)
            self.part.rename(self.path)
        except OSError as error:
            raise DataError(f"{self.path}: cannot be written ({error.strerror}); the new folder is "
                            f"{self.part}") from None
        shutil.rmtree(self.old, ignore_errors=True)


def is_run(folder):
    return (folder / "run.json").exists() or (folder / "config.ini").exists()


def is_gpt2_folder(folder):
    config = folder / "config.json"
    return config.exists() and '"gpt2"' in config.read_text(encoding="utf-8", errors="replace")


def trained_on(folder, family):
    """What a run says of its data, of the split or world in `folder`: `predict` holds it against
    the set that is asked."""
    manifest = read_object(folder / "train" / "manifest.json")
    require(manifest.get("family") == family,
            f"--trained-on {folder}: holds {manifest.get('family')}; the network learns {family}",
            InputError)
    data = {"folder": str(folder), "learner": "stored",
            {"grids": "episodes", "facts": "items"}[family]: manifest.get("count"),
            "digest": manifest.get("digest"), "recipe": manifest.get("recipe")}
    split = folder / "split.json"
    triplets = read_object(split).get("triplets", {}) if split.exists() else {}
    triplets = triplets.get("train") if isinstance(triplets, dict) else None
    return {**data, "triplets": triplets} if triplets else data


def write_run(folder, options, task, step, weights, imported, data):
    """A run of one checkpoint, as `predict` reads it. `options`: those of [model]; `imported` and
    `data`: what run.json says of where it comes from, and of what it learned."""
    lines = [f"# Imported by tools/import-checkpoint from {imported['file']}: what the network is.",
             "", "[model]", *(f"{name} = {value}" for name, value in options.items())]
    (folder / "config.ini").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "metrics.jsonl").write_text("", encoding="utf-8")
    write_json(folder / "run.json", {
        "schema": "recombine.run/1",
        "status": "finished",
        "model": options["name"],
        "parameters": sum(tensor.numel() for tensor in weights.values()),
        "task": task,
        "data": data,
        "step": step,
        "steps": step,
        "imported_from": imported,
    })
    checkpoint = folder / "checkpoints" / f"step-{step}"
    checkpoint.mkdir(parents=True)
    config = {name: str(value) for name, value in {**options, **task}.items()}
    write_safetensors(checkpoint / "model.safetensors", weights, {
        "config": json.dumps(config, sort_keys=True, separators=(",", ":")), "format": "pt"})
    write_json(checkpoint / "state.json", {"step": step, "loss_sum": 0.0, "loss_steps": 0})
