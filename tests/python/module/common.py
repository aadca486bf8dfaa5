"""What the tests of the module share."""

import importlib.util
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent.parent
RECOMBINE = os.environ.get("RECOMBINE", str(ROOT / "build/release/bin/recombine"))


def _module(file):
    """A module by its file: with tools/ among the paths, the folder tools/torch would be found as `torch`."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


import_torch = _module(ROOT / "tools/checkpoints/torch_python.py").import_torch

SMALL = {"side": 7, "study": 2, "queries": 4, "max_shape_size": 4, "shape_box": 3}
WORLD = {"entities": 40, "relations": 9, "degree": 5, "lambda": 2.0, "ood_fraction": 0.2,
         "test_fraction": 0.1, "probe_items": 100, "val_items": 50}


def words(options):
    """{'max_shape_size': 4} -> ['--max-shape-size', '4']."""
    line = []
    for name, value in options.items():
        line += [f"--{name.replace('_', '-')}", str(value).lower() if isinstance(value, bool) else str(value)]
    return line


def run(*arguments):
    """Runs the program; what it did, whatever that was."""
    return subprocess.run([RECOMBINE, *map(str, arguments)], capture_output=True, text=True, check=False)


def program(*arguments):
    """Its standard output; an error with its message where it fails."""
    done = run(*arguments)
    assert done.returncode == 0, f"recombine {' '.join(map(str, arguments))}: {done.stderr}"
    return done.stdout


def generate(folder, family, options, **more):
    program("generate", family, *words({**options, **more}), "--quiet", "--out", folder)
    return folder
