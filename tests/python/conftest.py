"""What the tests share: a small data set and a run of a few steps, made by the built program."""

import os
import pathlib
import subprocess

import pytest

# Consumers of our files must not need the net.
os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
RECOMBINE = os.environ.get("RECOMBINE", str(ROOT / "build/release/bin/recombine"))


def recombine(*words):
    """Runs the program; its standard output, and an error with its message where it fails."""
    done = subprocess.run([RECOMBINE, *map(str, words)], capture_output=True, check=False)
    assert done.returncode == 0, f"recombine {' '.join(map(str, words))}: {done.stderr.decode()}"
    return done.stdout


@pytest.fixture(scope="session")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("recombine")


@pytest.fixture(scope="session")
def split(work):
    """A split of 300 small episodes."""
    config = ROOT / "configs/grids-mini.ini"
    recombine("generate", "grids", "--config", config, "--episodes", 300, "--out", work / "all")
    recombine("split", "--config", config, "--data", work / "all", "--out", work / "split")
    return work / "split"


@pytest.fixture(scope="session")
def run(work, split):
    """A network after four steps, validated every second one."""
    recombine("train", "--config", ROOT / "configs/grids-mini.ini", "--data", split, "--out", work / "run",
              "--steps", 4, "--warmup", 2, "--workers", 1, "--log-every", 1, "--validate-every", 2,
              "--validate-items", 8)
    return work / "run"
