"""Tasks with stable keys, and their reward."""

import dataclasses
import functools
import operator
import urllib.parse

from recombine import _core
from recombine._answers import score
from recombine._data import grids
from recombine._words import name_of, words_of

SETS = ("train", "test")
# What a key says itself, what has no meaning for one task, and a file, which may change.
_NO_OPTIONS = ("seed", "unique", "episodes", "stream", "shards", "threads", "config")
_SEEDS = 2**63  # seeds of each set


@dataclasses.dataclass(frozen=True)
class Credit:
    """What an answer is worth that is not right: a share for the right shapes, and one for the right
    set of colours. The default gives nothing."""

    shape: float = 0.0
    color: float = 0.0

    def of(self, scores):
        """The reward, 0..1, of what score() returns."""
        if scores["exact"]:
            return 1.0
        return self.shape * scores["shape"] + self.color * scores["color"]


@dataclasses.dataclass(frozen=True)
class Task:
    """One query of one episode, as a language model is asked it."""

    key: str  #: names the task for ever: set, seed, options, index and query
    prompt: str
    answer: str  #: the right answer, in the form that the prompt asks for
    episode: _core.Episode
    query: int


def data_seed(name, seed):
    """The seed of the episodes: even for train, odd for test, so that no seed of one set ever makes
    an episode of the other."""
    seed = operator.index(seed)
    if name not in SETS or not 0 <= seed < _SEEDS:
        raise ValueError(f"{name}, seed {seed}: must be 'train' or 'test', with a seed of 0..2**63-1")
    return 2 * seed + SETS.index(name)


def _refuse(names):
    for name in names:
        if name_of(name) in _NO_OPTIONS:
            raise ValueError(f"{name_of(name)}: is no option of tasks")


@functools.lru_cache(maxsize=64)
def _episodes(name, seed, words):
    return grids(**{**dict(words), "seed": data_seed(name, seed), "unique": False})


class Tasks:
    """Tasks of a set ('train' or 'test'), without an end: tasks[i] is query i % Q of episode i // Q,
    with Q = `queries`, which episodes are made with.

    options: as recombine.grids, without seed, and all of them written out: no INI file, which may
    change. A task is a function of its key. Keys of train and test
    never meet, whatever the seeds: the lowest bit of an episode's seed says which set it is of.
    """

    def __init__(self, set="train", seed=0, *, queries=1, **options):  # pylint: disable=redefined-builtin
        _refuse(options)
        self.set, self.seed, self.queries = set, operator.index(seed), operator.index(queries)
        self._words = tuple(sorted(words_of({**options, "queries": self.queries})))
        self.episodes = _episodes(self.set, self.seed, self._words)

    def key(self, index: int) -> str:
        """'grids/train/0/queries=1&side=8/42/0': set, seed, options, episode, query."""
        episode, query = divmod(operator.index(index), self.queries)
        if episode < 0:
            raise IndexError(f"index {index}: must be at least 0")
        options = urllib.parse.urlencode(self._words)
        return f"grids/{self.set}/{self.seed}/{options}/{episode}/{query}"

    def __getitem__(self, index: int) -> Task:
        return task_of(self.key(index))

    def __repr__(self):
        return f"Tasks({self.set!r}, seed={self.seed}, {dict(self._words)})"


def _parsed(key):
    try:
        family, name, seed, options, episode, query = key.split("/")
        if family != "grids":
            raise ValueError(family)
        words = tuple(urllib.parse.parse_qsl(options, keep_blank_values=True))
        _refuse(word for word, _ in words)
        return name, _number(seed), words, _number(episode), _number(query)
    except (AttributeError, ValueError) as error:
        raise ValueError(f"key {key!r}: is none of recombine.rl.Tasks") from error


def _number(text):
    """As key() writes it; '-1', '+1' and '01' name nothing."""
    number = int(text)
    if str(number) != text or number < 0:
        raise ValueError(text)
    return number


@functools.lru_cache(maxsize=4096)
def _asked(key):
    name, seed, words, index, query = _parsed(key)
    try:
        episode = _episodes(name, seed, words)[index]
    except IndexError as error:
        raise ValueError(f"key {key!r}: {error}") from error
    if query >= len(episode.queries):
        raise ValueError(f"key {key!r}: the episode has {len(episode.queries)} queries")
    return episode, query


def task_of(key: str) -> Task:
    """The Task of a key. Raises ValueError for what is none."""
    episode, query = _asked(key)
    return Task(key, episode.prompt(query), episode.answer(query), episode, query)


def reward(key: str, text, credit: Credit = Credit()) -> float:
    """How right `text` answers the task of `key`: 1.0 where the grid is exactly right, else what
    `credit` gives. A pure function of its arguments: the same in every process. Raises ValueError for
    a key that is none."""
    episode, query = _asked(key)
    return credit.of(score(text, episode, query))
