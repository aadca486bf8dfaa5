"""Episodes a second, by every way into Python, in one run.

    python python/bench.py [--seconds 3] [--json]

Compares with the program's own rate (`recombine generate`, all cores), and where they are installed with
reasoning-gym's re-arc and with torch's DataLoader. A second figure is a CPU-second's, which other work on the
machine changes less; 0 where workers use theirs.
"""

import argparse
import itertools
import json
import resource
import subprocess
import sys
import tempfile
import time

sys.path.pop(0)  # the sources beside this file are not the installed module

import recombine  # pylint: disable=wrong-import-position
from recombine import _program  # pylint: disable=wrong-import-position


def measured(step, seconds):
    """(items a second, items a CPU-second of this process) of step(), which returns how many it made: the best
    of three rounds."""
    step()
    best = per_cpu = 0.0
    for _ in range(3):
        begin, cpu, made = time.perf_counter(), time.process_time(), 0
        while time.perf_counter() - begin < seconds / 3:
            made += step()
        best = max(best, made / (time.perf_counter() - begin))
        per_cpu = max(per_cpu, made / (time.process_time() - cpu))
    return best, per_cpu


def program_rate(episodes, *more):
    """The same of `recombine generate grids`: all that it does, the start and the files too."""
    with tempfile.TemporaryDirectory() as folder:
        begin, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([_program.path(), "generate", "grids", "--episodes", str(episodes), "--quiet", *more,
                        "--out", f"{folder}/set"], check=True, capture_output=True)
        took, now = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return episodes / took, episodes / (now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime)


def ways(seconds):
    """(name, (items a second, a CPU-second), base)."""
    size = 4096
    free = recombine.grids(unique=False)
    numbers = itertools.count()

    def batch(data, count=size):
        first = next(numbers) * count
        data.batch(range(first, first + count))
        return count

    for name, unique in (("recombine generate", "off"), ("recombine generate, unique", "on")):
        runs = [program_rate(40_000, "--unique", unique) for _ in range(2)]
        yield name, tuple(map(max, zip(*runs))), ""
    yield "ds.batch(4096)", measured(lambda: batch(free), seconds), "recombine generate"
    unique = recombine.grids()  # counts on from the batches before, which it makes first
    yield "ds.batch(4096), unique", measured(lambda: batch(unique), seconds), "recombine generate, unique"
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
    rate, _ = measured(lambda: len(next(batches)["study"]), seconds)
    yield "DataLoader, two workers", (rate, None), "recombine generate"  # others' CPU-seconds


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

        yield name, measured(step, seconds), ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3, help="for each way")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    rates, rows = {}, []
    for name, (rate, per_cpu), base in ways(given.seconds):
        rates[name] = (rate, per_cpu)
        rows.append({"name": name, "value": round(rate, 1), "unit": "episodes/s", "base": base,
                     "ratio": round(rate / rates[base][0], 3) if base else None,
                     "per_cpu_second": round(per_cpu, 1) if per_cpu else None,
                     "cpu_ratio": round(per_cpu / rates[base][1], 3) if base and per_cpu else None})
        if not given.json:
            shown = f"{name:32}{rate:10,.0f} /s{per_cpu or 0:10,.0f} /CPU-s"
            if base:
                shown += f"   {rate / rates[base][0]:.2f}, {per_cpu / rates[base][1] if per_cpu else 0:.2f} of {base}"
            print(shown, flush=True)
    if given.json:
        json.dump({"benchmarks": rows}, sys.stdout, indent=1)
        print()


if __name__ == "__main__":
    main()
