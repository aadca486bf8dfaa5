"""Long work ends when a signal's handler raises; what asks meanwhile is answered or told why not."""

import os
import signal
import threading
import time

import pytest
from common import SMALL

import recombine

MANY = 300_000


class TimeIsUp(Exception):
    """What the handler raises: not the core's own word for it."""


@pytest.fixture(name="bell")
def bell_that_rings_soon():
    """signal.setitimer whose handler raises."""
    def ring(*_):
        raise TimeIsUp
    before = signal.signal(signal.SIGALRM, ring)
    yield lambda: signal.setitimer(signal.ITIMER_REAL, 0.3)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


def evaluate(tmp_path):
    data = recombine.grids(**SMALL).save(tmp_path / "set", 400)
    answers = [[query[1] if i % 2 else None for query in data[i].queries] for i in range(400)]
    recombine.write_predictions(tmp_path / "p.jsonl", data, answers, name="half")
    return lambda: recombine.evaluate(data, tmp_path / "p.jsonl", resamples=10**6)


LONG = {
    "a batch": lambda _: lambda: recombine.grids(threads=1).batch(range(MANY)),
    "a batch of free items": lambda _: lambda: recombine.grids(unique=False, threads=1).batch(range(MANY)),
    "on two threads": lambda _: lambda: recombine.grids(unique=False, threads=2)[:MANY],
    "of the published stream": lambda _: lambda: recombine.grids(stream="published")[MANY],
    "a digest": lambda _: lambda: recombine.grids().digest(MANY),
    "a set on disk": lambda tmp_path: lambda: recombine.grids(threads=1).save(tmp_path / "d", MANY),
    "a report": evaluate,
}


@pytest.mark.parametrize("work", LONG)
def test_a_handler_that_raises_ends_it(tmp_path, bell, work):
    do = LONG[work](tmp_path)
    begin = time.monotonic()
    bell()
    with pytest.raises(TimeIsUp):
        do()
    assert time.monotonic() - begin < 10
    assert not (tmp_path / "d/manifest.json").exists()


def test_a_set_that_was_interrupted_gives_the_same_items(bell):
    data, other = recombine.grids(**SMALL), recombine.grids(**SMALL)
    bell()
    with pytest.raises(TimeIsUp):
        data.batch(range(MANY))
    assert data.digest(3000) == other.digest(3000)


@pytest.mark.parametrize("options", [{}, {"stream": "published"}])
def test_a_handler_may_not_ask_the_set_that_is_at_work(options):
    data, heard = recombine.grids(threads=1, **options), []

    def ask(*_):
        heard.append(recombine.grids()[0].triplet)  # another one is asked as ever
        data[0]  # pylint: disable=pointless-statement
    before = signal.signal(signal.SIGALRM, ask)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    with pytest.raises(recombine.InputError, match="at work"):
        data.batch(range(MANY))
    signal.signal(signal.SIGALRM, before)
    assert len(heard) == 1 and data[0].triplet


def test_a_process_that_was_forked_from_work_goes_on():
    data = recombine.grids(**SMALL, threads=1)
    work = threading.Thread(target=data.batch, args=(range(20_000),))
    work.start()
    time.sleep(0.2)
    assert work.is_alive()
    child = os.fork()
    if child == 0:
        signal.alarm(60)  # ends it where it hangs
        os._exit(0 if data[1000].study.tolist() == recombine.grids(**SMALL)[1000].study.tolist() else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    work.join()
    assert data.digest(100) == recombine.grids(**SMALL).digest(100)
