"""Reading answers, scoring them, and finding the right ones."""

import dataclasses
import operator
from typing import Any, Optional

import numpy as np

from recombine import _core


@dataclasses.dataclass(frozen=True, eq=False)
class Answer:
    """What a text says, as `prompts import` reads it."""

    output: Any  #: uint8 [N, N] for grids, '<e_9><e_4></a>' for facts; None where nothing was read
    strictness: Optional[str]  #: the rule that read it: 'strict', 'marked', 'list', ...; None: none
    reason: Optional[str]  #: why nothing was read: 'no grid', 'ragged rows', ...; None where it was
    strict: bool  #: whether the published rules hold it valid

    def __bool__(self):
        return self.output is not None


def read_answer(text: str, question, *, cut: bool = False) -> Answer:
    """The Answer in what a language model said, by the readings of `recombine prompts import`.

    question: an Episode, a Fact, or the side of the grid that was asked for. `cut`: whether the text
    ends where the longest answer did; then only what is named as the answer counts.
    """
    if isinstance(question, _core.Fact):
        output, rule, reason, strict = _core.read_fact(_clean(text), question, cut)
        return Answer(output or None, rule or None, reason or None, strict)
    side = question.side if isinstance(question, _core.Episode) else operator.index(question)
    output, rule, reason, strict, _ = _core.read_grid(_clean(text), side, cut)
    return Answer(output, rule or None, reason or None, strict)


def score(answer, question, query: int = 0) -> dict:
    """How right an answer is: {"exact", "color", "shape", "invalid"} for grids, {"exact", "bridge",
    "answer", "invalid"} for facts, as `recombine evaluate` judges it.

    answer: a text of a language model, an Answer, a grid (anything that numpy.asarray takes; [N, N]
    of 0..9), tokens of a fact ('<e_9><e_4></a>'), or None. question: an Episode, of which `query` is
    meant, a Fact, or the right grid itself. What is no answer scores False, and `invalid` says why.
    Raises ValueError for a question that is none, IndexError for a query that the episode does not
    have.
    """
    if isinstance(question, _core.Fact):
        return _score_fact(answer, question)
    truth = _truth(question, query)
    if isinstance(answer, str):
        answer = read_answer(answer, truth.shape[0])
    invalid = None
    if isinstance(answer, Answer):
        answer, invalid = answer.output, answer.reason
    if answer is None:
        return {"exact": False, "color": False, "shape": False, "invalid": invalid or "no answer"}
    try:
        return {**_core.score_grids(as_grid(answer), truth), "invalid": None}
    except (ValueError, TypeError) as error:
        return {"exact": False, "color": False, "shape": False, "invalid": str(error)}


def solve(question):
    """What follows from what is shown, as the baselines `oracle` and `lookup` find it.

    Of an Episode a list: the answer to each query, uint8 [N, N], or None where the study pairs say
    nothing. Of a Fact its text, '<e_9><e_4></a>', by the facts of the training set; None where they
    do not reach. Never reads the answers. Raises InputError for a Fact whose world is not known.
    """
    if isinstance(question, _core.Fact):
        return _core.solve_fact(question)
    return _core.solve_episode(question)


def _truth(question, query):
    if not isinstance(question, _core.Episode):
        truth = as_grid(question)
        _core.score_grids(truth, truth)  # raises where it is not square, or too large
        return truth
    query, count = operator.index(query), len(question.queries)
    if not 0 <= query < count:
        raise IndexError(f"query {query}: the episode has {count}")
    return question.queries[query, 1]


def _clean(text):
    """What the core can read: halves of characters, which a cut answer may have, become '?'."""
    return text.encode("utf-8", "replace").decode() if isinstance(text, str) else text


def as_grid(cells):
    """uint8 [N, M] of anything that numpy.asarray takes. Raises ValueError for what has no whole
    numbers 0..9."""
    cells = np.asarray(cells)
    if cells.ndim != 2 or cells.dtype.kind not in "iub":
        raise ValueError(f"grid: must be whole numbers [N, N]; has {cells.dtype} {list(cells.shape)}")
    if cells.size and (cells.min() < 0 or cells.max() > 9):
        raise ValueError("grid: has a cell that is none of 0..9")
    return np.ascontiguousarray(cells, dtype=np.uint8)


def _score_fact(answer, fact):
    nothing = {"exact": False, "bridge": None, "answer": False}
    if isinstance(answer, Answer):
        if answer.output is None:
            return {**nothing, "invalid": answer.reason}
        answer = answer.output
    if answer is None:
        return {**nothing, "invalid": "no answer"}
    if not isinstance(answer, str):
        return {**nothing, "invalid": f"answer: must be a text; is {type(answer).__name__}"}
    answer = _clean(answer)
    scored = _core.score_fact(answer, fact)
    if scored["invalid"] is None:
        return scored
    read = read_answer(answer, fact)
    return _core.score_fact(read.output, fact) if read else {**nothing, "invalid": read.reason}
