"""Pages in a real browser: Debian's Chromium, without a screen, driven by Playwright."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

HOSTILE = "<script>window.obeyed = 1</script><img src=x onerror='obeyed=1'>\u202eleft\u0000" + "x" * 10000


def recombine(*words):
    program = os.environ.get("RECOMBINE", "build/fast/bin/recombine")
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser):
    """A function that opens a file. At the end: no error was said, and nothing was asked for."""
    wrong, contexts = [], []

    def open_page(file, **options):
        context = browser.new_context(accept_downloads=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60000)
        address = Path(file).resolve().as_uri()
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda asked: wrong.append("asked for " + asked.url)
                if not asked.url.startswith((address, "data:", "blob:")) else None)
        page.on("dialog", lambda dialog: wrong.append("a dialog"))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def grids(tmp_path_factory):
    """A split of small grids, answered by three baselines and by somebody hostile."""
    folder = tmp_path_factory.mktemp("grids")
    recombine("generate", "grids", "--episodes", 240, "--side", 6, "--seed", 3, "--queries", 2, "--out", folder / "all", "--quiet")
    recombine("split", "--data", folder / "all", "--queries", 2, "--out", folder / "split", "--quiet")
    for name in ("oracle", "nearest-study", "random-rule"):
        for split in ("test_id", "test_ood"):
            recombine("baseline", name, "--data", folder / "split" / split, "--out", folder / f"{name}.{split}.jsonl", "--quiet")
    hostile(folder / "oracle.test_ood", folder / "hostile.test_ood")
    for seed in (1, 2):
        learned(folder / f"run-{seed}", seed)
    traced(folder / "trace")
    recombine("report", folder, "--out", folder / "report.html", "--quiet")
    return folder


def hostile(source, target):
    """The answers of `source`, each second of them no answer, under a name that no page may obey."""
    rows = [json.loads(line) for line in Path(f"{source}.jsonl").read_text().splitlines()]
    for row in rows[::2]:
        row.update(output=None, invalid=HOSTILE)
    Path(f"{target}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    meta = json.loads(Path(f"{source}.meta.json").read_text())
    meta["predictor"] = {"kind": "llm", "name": HOSTILE}
    meta["note"] = HOSTILE
    Path(f"{target}.meta.json").write_text(json.dumps(meta))


def learned(run, seed):
    """A run as a page sees it, with a name in its curves that no page may obey."""
    run.mkdir()
    (run / "run.json").write_text(json.dumps({"schema": "recombine.run/1", "model": "fast", "parameters": 1234, "steps": 40}))
    (run / "config.ini").write_text(f"[train]\nsteps = 40\nseed = {seed}\n")
    rows = [{"step": step, "loss": 1, "validation": {"val_ood": {"exact": step / 50 - seed / 20}, HOSTILE[:80]: {"exact": 0.5}}}
            for step in (10, 20, 40)]
    (run / "metrics.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


def traced(folder):
    """What recombine trace writes of an executor."""
    folder.mkdir()
    stays = list(range(36))
    trail = {"title": HOSTILE[:80], "side": 6, "input": "1", "rules": ["shape: translation x 1"], "answers": ["01"], "truths": ["001"],
             "copied": [stays]}
    cloud = {"name": "grow, shape role", "colour": 0, "form": 1, "points": [[0, 1], [2, 0.5]]}
    traced_set = {"name": "test_ood", "step": 40, "queries": 12, "skipped": 0, "exact_after": {"shape": 0.25}, "trails": [trail],
                  "vectors": [cloud]}
    trace = {"schema": "recombine.trace/1", "run": "run", "sets": [traced_set]}
    (folder / "trace.json").write_text(json.dumps(trace))


@pytest.fixture(scope="session")
def facts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("facts")
    recombine("generate", "facts", "--config", "configs/facts-tiny.ini", "--out", folder / "world", "--quiet")
    for name in ("lookup", "majority"):
        recombine("baseline", name, "--data", folder / "world/test_ood", "--out", folder / f"{name}.jsonl", "--quiet")
    rows = [json.loads(line) for line in (folder / "lookup.jsonl").read_text().splitlines()]
    for row in rows[::2]:
        row.update(output=HOSTILE, forced=None)
    (folder / "hostile.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    meta = json.loads((folder / "lookup.meta.json").read_text())
    meta["predictor"] = {"kind": "llm", "name": "hostile"}
    (folder / "hostile.meta.json").write_text(json.dumps(meta))
    recombine("report", folder, "--out", folder / "report.html", "--quiet")
    return folder


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    """Where screenshots go."""
    folder = Path(os.environ.get("RECOMBINE_SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
