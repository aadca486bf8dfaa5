"""What goes to disk for the other verbs: predictions, reports, splits."""

import json
import os

from recombine import _core
from recombine._answers import Answer, as_grid
from recombine._data import Folder
from recombine._data import open as open_folder
from recombine._words import words_of


def write_predictions(file, data, answers, *, name: str, parameters: int = 0, force: bool = False) -> None:
    """Writes answers to all items of a data set on disk, for `recombine evaluate` and the leaderboard.

    file: 'answers.jsonl'; its meta is written beside it. data: the set's folder, or its Stored.
    answers: for each item its answers, one a query: uint8 [M, Q, N, N], or a list of lists of grids
    (texts for facts), an Answer of read_answer() and None among them. name: the predictor's, on the
    leaderboard. parameters: its size.
    Raises InputError where answers are missing or none of the family, DataError where the file is there.
    """
    folder = getattr(data, "folder", data)
    prepared = [[_prepared(one, item, query) for query, one in enumerate(given)] for item, given in enumerate(answers)]
    _core.write_predictions(os.fspath(file), os.fspath(folder), prepared, name, parameters, force)


def _prepared(answer, item, query):
    if isinstance(answer, Answer):
        answer = answer.output
    if answer is None:
        return None
    if isinstance(answer, str):
        return answer.encode("utf-8", "replace").decode()
    try:
        return as_grid(answer)
    except (ValueError, TypeError) as error:
        raise _core.InputError(f"answers: item {item}, query {query}: {error}") from error


def evaluate(data, *predictions, **options) -> dict:
    """Scores prediction files against the data set (or split) that they answer.

    Returns what `recombine evaluate --json` prints: one report, or several with their comparisons.
    Options are those of its section: resamples=1000, queries="first", ... Raises InputError and
    DataError.
    """
    folder = os.fspath(getattr(data, "folder", data))
    return json.loads(_core.evaluate(folder, [os.fspath(one) for one in predictions], words_of(options)))


def split(data, out, *, force: bool = False, **options) -> Folder:
    """Splits a set of grids on disk as `recombine split` does: split(data, out, axis="systematicity",
    seed=1860, ...). Returns the Folder. Raises InputError and DataError."""
    _core.split(os.fspath(getattr(data, "folder", data)), os.fspath(out), words_of(options), force)
    return open_folder(out)
