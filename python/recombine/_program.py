"""The program `recombine`, which lies inside the package."""

import os
import sys


def path():
    """Where the program is."""
    return os.path.join(os.path.dirname(__file__), "bin", "recombine")


def main():
    os.execv(path(), [path(), *sys.argv[1:]])
