"""Which items are meant: indices, slices and ranges, of sets with an end and without."""

import operator

import numpy as np

MOST = 2**64 - 1  #: indices of a set without an end


def index_of(given, size):
    """0..size-1; of a set without an end (size None) any below MOST. Raises IndexError."""
    index = operator.index(given)
    if index < 0 and size is not None:
        index += size
    if 0 <= index < (MOST if size is None else size):
        return index
    raise IndexError(f"index {given}: must be from 0 to {MOST - 1}" if size is None else
                     f"index {given}: the set has {size} items")


def indices_of(wanted, size):
    """uint64 [n] of a slice, a range or any indices. Raises IndexError."""
    if isinstance(wanted, slice):
        wanted = _range_of(wanted, size)
    if isinstance(wanted, range) and len(wanted) and wanted[0] >= 0 and wanted[-1] >= 0:
        index_of(max(wanted[0], wanted[-1]), size)
        first, last, step = wanted[0], wanted[-1], wanted.step  # its stop may be below 0
        indices = np.arange(min(first, last), max(first, last) + 1, abs(step), dtype=np.uint64)
        return indices if step > 0 else np.ascontiguousarray(indices[::-1])
    return np.fromiter((index_of(index, size) for index in wanted), dtype=np.uint64)


def _range_of(wanted, size):
    """The indices of a slice. Of a set without an end it has no place that is counted from there."""
    if size is not None:
        return range(*wanted.indices(size))
    forward = wanted.step is None or operator.index(wanted.step) > 0
    if (wanted.stop if forward else wanted.start) is None:
        raise IndexError("a slice of an endless data set needs an end")
    for place in (wanted.start, wanted.stop):
        if place is not None:
            index_of(place, size)
    return range(MOST)[wanted]
