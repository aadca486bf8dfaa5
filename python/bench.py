"""Episodes a second, by every way into Python, in one run.

    python python/bench.py [--seconds 3] [--json]

Compares with the program's own rate (`recombine generate`, all cores), and where they are installed with
reasoning-gym's re-arc and with torch's DataLoader.
"""

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
import time

import recombine
from recombine import _program


def measured(step, seconds):
    """Items a second of step(), which returns how many it made: the best of three rounds."""
    step()
    best = 0.0
    for _ in range(3):
        begin, made = time.perf_counter(), 0
        while time.perf_counter() - begin < seconds / 3:
            made += step()
        best = max(best, made / (time.perf_counter() - begin))
    return best


def program_rate(episodes, *more):
    """Of `recombine generate grids`: all that it does, the start and the files too."""
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        subprocess.run([_program.path(), "generate", "grids", "--episodes", str(episodes), "--quiet", *more,
                        "--out", f"{folder}/set"], check=True, capture_output=True)
        return episodes / (time.perf_counter() - begin)


def ways(seconds):
    """(name, items a second, base)."""
    size = 4096
    free = recombine.grids(unique=False)
    numbers = itertools.count()

    def batch(data, count=size):
        first = next(numbers) * count
        data.batch(range(first, first + count))
        return count

    program = max(program_rate(40_000, "--unique", "off") for _ in range(2))
    yield "recombine generate", program, ""
    yield "ds.batch(4096)", measured(lambda: batch(free), seconds), "recombine generate"
    unique = recombine.grids()
    yield "ds.batch(4096), unique", measured(lambda: batch(unique), seconds), "recombine generate"
    one = recombine.grids(unique=False, threads=1)
    alone = measured(lambda: batch(one), seconds)
    yield "ds.batch(4096), one thread", alone, ""

    def single():
        episode = free[next(numbers)]
        return 1 if len(episode.study) else 0

    yield "ds[i].study", measured(single, seconds), "ds.batch(4096), one thread"
    yield from loader_ways(seconds)
    yield from other_ways(seconds)


def loader_ways(seconds):
    try:
        from recombine.torch import Loader  # pylint: disable=import-outside-toplevel
    except ImportError:
        return
    batches = iter(Loader(recombine.grids(unique=False), 256, workers=2))
    yield "DataLoader, two workers", measured(lambda: len(next(batches)["study"]), seconds), "recombine generate"


def other_ways(seconds):
    try:
        import reasoning_gym  # pylint: disable=import-outside-toplevel
        import recombine.rl.reasoning_gym  # pylint: disable=import-outside-toplevel
    except ImportError:
        return
    numbers = itertools.count()
    for name, dataset in (("reasoning-gym: recombine_grids", "recombine_grids"), ("reasoning-gym: rearc", "rearc")):
        data = reasoning_gym.create_dataset(dataset, size=10**9, seed=1)

        def step(data=data):
            data[next(numbers)]  # pylint: disable=pointless-statement
            return 1

        yield name, measured(step, seconds), "" if dataset == "rearc" else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3, help="for each way")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rates, rows = {}, []
    for name, rate, base in ways(given.seconds):
        rates[name] = rate
        rows.append({"name": name, "value": round(rate, 1), "unit": "episodes/s", "base": base,
                     "ratio": round(rate / rates[base], 3) if base else None})
        if not given.json:
            print(f"{name:32} {rate:12,.1f} episodes/s" + (f"   {rate / rates[base]:.2f} of {base}" if base else ""),
                  flush=True)
    if given.json:
        json.dump({"benchmarks": rows}, sys.stdout, indent=1)
        print()


if __name__ == "__main__":
    main()
