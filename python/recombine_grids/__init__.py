"""The taskset `recombine-grids` of verifiers, which finds tasksets by the names of packages."""

from recombine.rl.verifiers import GridsTaskset

__all__ = ["GridsTaskset"]
