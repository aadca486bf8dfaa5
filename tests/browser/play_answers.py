"""Plays a page of `recombine view DIR --play` by clicks, with answers that somebody decided.

    python tests/browser/play_answers.py PLAY.html ANSWERS.txt --name NAME --out FOLDER

ANSWERS.txt has a line a question, in the page's order: the item's id, and the grid as rows of digits with '/' between,
what is left out being background; '#' begins a comment. Saves predictions.jsonl and predictions.meta.json in FOLDER.
"""

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright


def read_answers(file):
    lines = (line.split("#")[0].split() for line in Path(file).read_text().splitlines())
    return [(words[0], words[1] if len(words) > 1 else "") for words in lines if words]


def paint(page, text):
    """Clicks the cells of a grid, a colour after the other; what is there already stays."""
    rows = text.split("/")
    side = page.evaluate("session.player.side")
    wanted = {row * side + col: int(digit) for row, line in enumerate(rows) for col, digit in enumerate(line) if digit != "0"}
    for colour in sorted(set(wanted.values())):
        page.click(f"[data-colour='{colour}']")
        for cell in sorted(cell for cell, of in wanted.items() if of == colour):
            page.click(f"[data-cell='{cell}']")
    shown = page.evaluate("session.player.cells")
    assert {cell: of for cell, of in enumerate(shown) if of} == wanted, "the board is not what was painted"


def play(page, answers, name):
    """Returns how many answers the page called right."""
    page.fill("#player", name)
    page.select_option("#count", str(len(answers)))
    page.click("#begin")
    right = 0
    for item, text in answers:
        asked = page.evaluate("session.questions[session.at].item.id")
        assert asked == item, f"the page asks {asked} where the answers have {item}"
        paint(page, text)
        page.click("#submit")
        right += page.locator("#verdict").text_content().startswith("Right.")
        page.click("#next")
    return right


def save(page, folder):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for link in ("#predictions-jsonl", "#predictions-meta-json"):
        with page.expect_download() as download:
            page.click(link)
        download.value.save_as(folder / download.value.suggested_filename)
    return folder / "predictions.jsonl"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page")
    parser.add_argument("answers")
    parser.add_argument("--name", default="person")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_context(accept_downloads=True).new_page()
        page.goto(Path(options.page).resolve().as_uri())
        answers = read_answers(options.answers)
        right = play(page, answers, options.name)
        save(page, options.out)
        chromium.close()
    print(f"{right} of {len(answers)} right", file=sys.stdout)


if __name__ == "__main__":
    main()
