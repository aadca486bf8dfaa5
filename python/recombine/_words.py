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


def name_of(option):
    """The name on the command line: 'max-shape-size' of 'max_shape_size', 'lambda' of 'lambda_', which is a word of
    Python otherwise."""
    return option.rstrip("_").replace("_", "-")


def words_of(options):
    """[("min-shape-size", "2"), ...] of {"min_shape_size": 2, ...}; see name_of()."""
    return [(name_of(name), text_of(value)) for name, value in options.items()]


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
