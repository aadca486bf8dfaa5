"""Data sets: made on demand, or read from a folder."""

import collections.abc
import functools
import itertools
import json
import operator
import os
from typing import Any, Generic, Iterator, Optional, TypeVar, Union, overload

import numpy as np

from recombine import _core
from recombine._indices import MOST, index_of, indices_of
from recombine._words import say, threads_of, words_of

Item = TypeVar("Item", bound=Union[_core.Episode, _core.Fact])

_CHUNK = 256  # items that iteration makes at a time


class DataSet(Generic[Item]):
    """Items by index: ds[7], ds[2:5], ds.batch(range(64)), for item in ds.

    Equal to the records that the program writes for the same options. May be used by several threads
    and pickled; every index gives the same item whoever asks, in whatever order.
    """

    threads = 0  #: threads of batch() and digest(); 0: all cores. Never changes a result.

    @property
    def _source(self):
        raise NotImplementedError

    @property
    def family(self) -> str:
        """'grids' or 'facts'."""
        return self._source.family

    @property
    def recipe(self) -> dict:
        """What the set can be made again from: the `recipe` of a manifest."""
        return json.loads(self._source.recipe)

    @property
    def endless(self) -> bool:
        """Whether there is no last item."""
        return self._source.size is None

    def __len__(self) -> int:
        size = self._source.size
        if size is None:
            raise TypeError("an endless data set has no length; grids(episodes=N) has")
        return size

    def __bool__(self):
        return self._source.size != 0

    @overload
    def __getitem__(self, index: slice) -> list[Item]: ...

    @overload
    def __getitem__(self, index: int) -> Item: ...

    def __getitem__(self, index):
        """An Episode or a Fact; a list of them for a slice. Raises IndexError."""
        if isinstance(index, slice):
            return self._source.items(indices_of(index, self._source.size), threads_of(self.threads))
        return self._source.items(np.array([index_of(index, self._source.size)], dtype=np.uint64), 1)[0]

    def __iter__(self) -> Iterator[Item]:
        """All items from 0 on; without an end where the set has none."""
        return self.iterate()

    def iterate(self, start: int = 0) -> Iterator[Item]:
        """All items from `start` on, made in parallel some hundred at a time."""
        size = self._source.size
        for first in itertools.count(start, _CHUNK):
            last = first + _CHUNK if size is None else min(first + _CHUNK, size)
            if first >= last:
                return
            yield from self._source.items(np.arange(first, last, dtype=np.uint64), threads_of(self.threads))

    def batch(self, indices) -> dict[str, np.ndarray]:
        """Arrays of the items at `indices` (a range, a slice, or any indices), on all cores and
        without the GIL.

        Of grids {"study": uint8 [B, S, 2, N, N], "queries": uint8 [B, Q, 2, N, N], "roles": uint8
        [B, S]}; see Episode for what they hold. Of facts {"tokens": int32 [B, T], filled up with -1;
        "length", "prompt" and "type": int32 [B]}. Raises InputError where episodes have different
        sizes.
        """
        return self._source.batch(indices_of(indices, self._source.size), threads_of(self.threads))

    def digest(self, count: Optional[int] = None) -> str:
        """'sha256:...' over the first `count` items (all of them by default): what the manifest of a
        set of these items says."""
        if count is None and self._source.known_digest:
            return self._source.known_digest
        count = len(self) if count is None else operator.index(count)
        if count < 0:
            raise _core.InputError(f"digest: of {count} items; must be at least 0")
        if count:
            index_of(count - 1, self._source.size)
        return self._source.digest(count, threads_of(self.threads))


class Grids(DataSet[_core.Episode]):
    """Episodes of the options of `recombine generate grids`; endless without `episodes`.

    Episodes of a set have different grammars, so one depends on those before it: reaching item n makes
    all before it once (thousands a second and core, 100 bytes each). With unique=False an episode is a
    function of seed and index alone, any of 2**64 at once, and the set has a digest of its own.
    """

    def __init__(self, **options: Any):
        stream, self._words, remarks, self.threads = _core.grid_stream(words_of(options))
        say(remarks)
        self._stream = stream

    @property
    def _source(self):
        return self._stream

    def __reduce__(self):
        return _grids_of, (self._words,)

    def __repr__(self):
        return _shown("grids", self._words)

    def save(self, folder, episodes: Optional[int] = None, *, shards: Optional[int] = None,
             force: bool = False) -> "Stored":
        """Writes the first `episodes` (all by default) as `recombine generate` does, onto `shards`
        files (by default as the set's option says); returns the folder's Stored. Raises InputError
        for numbers that `recombine generate` refuses, DataError where the folder is there, unless
        `force` replaces it."""
        count = len(self) if episodes is None else operator.index(episodes)
        if not 1 <= count < MOST:
            raise _core.InputError(f"episodes {count}: must be at least 1")
        self._stream.save(os.fspath(folder), count, shards, force)
        return open(folder)


class Facts(DataSet[_core.Fact]):
    """A set of a world of facts, of the options of `recombine generate facts`: `train` by default.
    The world is made when it is first asked for, by one thread."""

    def __init__(self, set: str = "train", **options: Any):  # pylint: disable=redefined-builtin
        self._words, remarks, self._names = _core.fact_options(words_of(options))
        say(remarks)
        if set not in self._names:
            raise _core.InputError(f"set {set}: must be one of {', '.join(self._names)}")
        self._name = set

    @functools.cached_property
    def _world(self):
        return _core.make_facts(self._words)

    @functools.cached_property
    def _source(self):
        return self._world.set(self._name)

    @property
    def sets(self) -> "dict[str, Facts]":
        """The world's sets by name: {"train": ..., "val_id": ..., "test_ood": ...}."""
        return {name: self._of_world(name) for name in self._names}

    @property
    def vocabulary(self) -> dict:
        """What the tokens are: {"task", "entities", "relations", ...}; docs/FORMAT.md."""
        return json.loads(self._source.vocabulary)

    def _of_world(self, name):
        other = object.__new__(Facts)
        other._words, other._names, other._name = self._words, self._names, name
        other.__dict__["_world"] = self._world
        return other

    def __reduce__(self):
        return _facts_of, (self._name, self._words)

    def __repr__(self):
        return _shown("facts", [("set", self._name), *self._words])

    def save(self, folder, *, force: bool = False) -> "Folder":
        """Writes the whole world as `recombine generate facts` does; returns its Folder."""
        _core.save_facts(self._words, os.fspath(folder), force)
        return open(folder)


class Stored(DataSet[Any]):
    """A data set on disk, read at random; every read is checked."""

    def __init__(self, folder):
        self.folder = os.fspath(folder)
        self._stored = _core.open_stored(self.folder)

    @property
    def _source(self):
        return self._stored

    @property
    def manifest(self) -> dict:
        """manifest.json."""
        with _opened(os.path.join(self.folder, "manifest.json"), encoding="utf-8") as file:
            return json.load(file)

    @property
    def vocabulary(self) -> Optional[dict]:
        """Of facts, as Facts.vocabulary; None for grids."""
        return json.loads(self._source.vocabulary or "null")

    def __reduce__(self):
        return Stored, (self.folder,)

    def __repr__(self):
        return f"recombine.open({self.folder!r})"


class Folder(collections.abc.Mapping):
    """A split or a world on disk: its sets by name, in the order train, val_id, test_id, ..."""

    def __init__(self, folder):
        self.folder = os.fspath(folder)
        self._sets = {name: None for name in _core.data_set_names(self.folder)}

    def __getitem__(self, name: str) -> Stored:
        if self._sets[name] is None:
            self._sets[name] = Stored(os.path.join(self.folder, name))
        return self._sets[name]

    def __iter__(self):
        return iter(self._sets)

    def __len__(self):
        return len(self._sets)

    def __reduce__(self):
        return Folder, (self.folder,)

    def __repr__(self):
        return f"recombine.open({self.folder!r}): {', '.join(self._sets)}"


def _shown(name, words):
    return f"recombine.{name}({', '.join(f'{key.replace(chr(45), chr(95))}={value!r}' for key, value in words)})"


def _grids_of(words):
    return Grids(**dict(words))


def _facts_of(name, words):
    return Facts(name, **dict(words))


def grids(**options: Any) -> Grids:
    """Compositional-ARC episodes: grids(side=10, seed=1860, episodes=1000, ...).

    Every option of `recombine generate grids` by its name, with '_' for '-' (`recombine help generate`;
    config="study.ini" reads a file); endless without `episodes`. Raises InputError, with the text of
    the command line, for a wrong one.
    """
    return Grids(**options)


def facts(set: str = "train", **options: Any) -> Facts:  # pylint: disable=redefined-builtin
    """A set of a world of two-hop facts: facts(entities=200, relations=20, cot=True, ...).

    Every option of `recombine generate facts`; `.sets` has the world's other sets. Raises InputError.
    """
    return Facts(set, **options)


_opened = open  # the builtin, before the name below hides it


def open(folder) -> Any:  # pylint: disable=redefined-builtin
    """A folder that the program made: Stored for a data set, Folder (sets by name) for a split or a
    world. Raises DataError for anything else."""
    return Stored(folder) if _core.data_set_names(os.fspath(folder)) == [""] else Folder(folder)
