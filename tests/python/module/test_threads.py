"""Batches on several threads: the same numbers, and without the GIL."""

import threading
import time

import numpy as np
import pytest
from common import SMALL, WORLD

import recombine


@pytest.mark.parametrize("unique", [True, False])
def test_a_batch_of_many_parts_is_the_same_on_one_thread_and_on_two(unique):
    one, two = (recombine.grids(**SMALL, unique=unique, threads=threads).batch(range(1000)) for threads in (1, 2))
    for name, numbers in one.items():
        np.testing.assert_array_equal(numbers, two[name])
    facts = recombine.facts(**WORLD)
    assert len(facts) > 100
    facts.threads = 1
    one = facts.batch(range(len(facts)))
    facts.threads = 2
    for name, numbers in facts.batch(range(len(facts))).items():
        np.testing.assert_array_equal(numbers, one[name])


def test_a_batch_leaves_the_interpreter_to_others():
    data = recombine.grids(unique=False, threads=1)
    made = threading.Thread(target=data.batch, args=(range(4096),))
    made.start()
    turns = 0
    while made.is_alive():
        time.sleep(0.001)
        turns += 1
    assert turns > 20  # 0 or 1 where the batch holds the lock
