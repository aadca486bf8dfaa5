"""Compositional-ARC episodes and worlds of two-hop facts: made, solved and scored.

    import recombine
    ds = recombine.grids(side=10, seed=1860)
    ds[7]                                # an Episode: NumPy arrays, a picture in a notebook

Options have the names of the command line and of INI files, with '_' for '-'. docs/PYTHON.md is the
guide; `recombine.torch` and `recombine.rl` are for trainers.
"""

import importlib

from recombine._answers import Answer, read_answer, score, solve
from recombine._core import DataError, Episode, Fact, InputError
from recombine._core import git_revision as __git_revision__
from recombine._core import version as __version__
from recombine._data import DataSet, Facts, Folder, Grids, Stored, facts, grids, open
from recombine._files import evaluate, split, write_predictions

# Without `open`, which `from recombine import *` would put in the place of the builtin one.
__all__ = ["Answer", "DataError", "DataSet", "Episode", "Fact", "Facts", "Folder", "Grids", "InputError",
           "Stored", "__git_revision__", "__version__", "evaluate", "facts", "grids", "read_answer",
           "score", "solve", "split", "write_predictions"]


def __getattr__(name):
    """`recombine.rl` and `recombine.torch` are imported when they are first named."""
    if name in ("rl", "torch"):
        return importlib.import_module(f"recombine.{name}")
    raise AttributeError(f"module 'recombine' has no attribute '{name}'")
