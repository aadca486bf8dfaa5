"""Keyword arguments as options of the command line."""

import os
import warnings

_single = False  # whether this process was forked, and so has no threads of the core


def text_of(value):
    """A value as the command line has it: True -> 'true', [1, 2] -> '1,2'."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return ",".join(text_of(one) for one in value)
    return str(value)


def words_of(options):
    """[("min-shape-size", "2"), ...] of {"min_shape_size": 2, ...}; `lambda_` is `lambda`, which is a word of
    Python."""
    return [(name.rstrip("_").replace("_", "-"), text_of(value)) for name, value in options.items()]


def say(remarks):
    """Older names of options, told as deprecations."""
    for remark in remarks:
        warnings.warn(remark, DeprecationWarning, stacklevel=4)


def threads_of(threads):
    """What the core is asked for: 0 is all cores; one in a forked process, whose parent's threads
    are gone."""
    return 1 if _single and not threads else threads


def _forked():
    global _single  # pylint: disable=global-statement
    _single = True


os.register_at_fork(after_in_child=_forked)
