"""Items out of their records: what pickles name."""

from recombine import _core


def episode(record, recipe):
    """The Episode of a record (bytes), of a data set with this recipe (JSON text)."""
    return _core.episode_from_record(record, recipe)


def fact(record, vocabulary):
    """The Fact of a record (bytes), with this vocabulary (JSON text)."""
    return _core.fact_from_record(record, vocabulary)
