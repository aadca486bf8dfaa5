"""The published rules for reading an answer, in the language that they were written for."""

import ast
import pathlib
import re

import pytest

GOLDEN = pathlib.Path(__file__).resolve().parents[2] / "golden"
COUNTS = {"answers": 200, "odd-answers": 94}
GRIDS = {
    "A": [[0, 0, 5, 0], [0, 5, 5, 0], [0, 0, 0, 0], [3, 0, 0, 0]],
    "B": [[5, 0, 0, 0], [5, 5, 0, 0], [0, 0, 0, 0], [3, 0, 0, 0]],
    "C": [[2, 0, 0, 0], [2, 2, 0, 0], [0, 0, 0, 0], [0, 0, 0, 3]],
}
SIDE = 4


def partner(text, begin):
    depth = 0
    for place in range(begin, len(text)):
        depth += (text[place] == "[") - (text[place] == "]")
        if depth == 0:
            return place
    return None


def read(text):
    """The published evaluation, step by step."""
    text = text.lower()
    if "output" not in text:
        return None
    text = re.sub(r"^```(?!output\b)\w*", "", text.strip(), flags=re.M).replace("```", "")
    text = text[text.find("output") + len("output"):]
    begin = text.find("[")
    end = partner(text, begin) if begin >= 0 else None
    if end is None:
        return None
    try:
        rows = ast.literal_eval(text[begin:end + 1])
    except (ValueError, SyntaxError):
        return None
    square = len(rows) == SIDE and all(isinstance(row, list) and len(row) == SIDE for row in rows)
    return rows if square else None


def letter(rows):
    if rows is None:
        return "-"
    try:
        # 3, 3.0 and 3+0j compare equal; "3" does where it is converted.
        rows = [[float(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    except ValueError:
        return "-"
    return next((name for name, grid in GRIDS.items() if grid == rows), "-")


@pytest.mark.parametrize("folder", COUNTS)
def test_table_says_what_python_reads(folder):
    texts = {}
    for file in sorted((GOLDEN / folder).glob("*.txt")):
        for part in re.split(r"^=== ", file.read_bytes().decode(), flags=re.M)[1:]:
            head, text = part.split("\n", 1)
            texts[head.split(" | ")[0]] = text[:-1]
    rows = [line.strip("| \n").split(" | ") for line in (GOLDEN / folder / "table.md").read_text().splitlines()
            if line.startswith("| ")][2:]
    assert len(rows) == len(texts) == COUNTS[folder]
    assert {row[0]: row[4] for row in rows} == {row[0]: letter(read(texts[row[0]])) for row in rows}
