"""Our Parquet files as pyarrow and the Hub's library read them: the same rows as the JSON lines."""

import json

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from conftest import recombine



def lists(kind, depth):
    """A list of lists of ... of `kind`, none of which may be null."""
    for _ in range(depth):
        kind = pa.list_(pa.field("element", kind, nullable=False))
    return kind


def rows_of(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


@pytest.fixture(scope="module")
def world(work):
    recombine("generate", "facts", "--task", "complex", "--entities", 20, "--relations", 2, "--values", 4,
              "--ood-fraction", 0.2, "--test-fraction", 0.1, "--out", work / "parquet-world")
    return work / "parquet-world"


@pytest.fixture(scope="module")
def static(work):
    recombine("generate", "grids", "--static", "--out", work / "parquet-static-all")
    recombine("split", "--data", work / "parquet-static-all", "--protocol", "published", "--out",
              work / "parquet-static")
    return work / "parquet-static"


@pytest.mark.parametrize("data", ["split", "static", "world"])
def test_tables_hold_the_rows_of_the_json_lines(work, data, request):
    folder = request.getfixturevalue(data)
    recombine("export", folder, "--format", "parquet", "--out", work / f"{data}-tables")
    recombine("export", folder, "--format", "hf", "--out", work / f"{data}-lines")
    tables = sorted((work / f"{data}-tables").glob("*.parquet"))
    assert [table.stem for table in tables] == sorted(sub.name for sub in folder.iterdir() if sub.is_dir())
    for table in tables:
        read = pq.read_table(table)
        lines = work / f"{data}-lines/data" / f"{table.stem}.jsonl"
        assert read.to_pylist() == (rows_of(lines) if lines.exists() else [])
        kinds = {field.name: field.type for field in read.schema}
        if data == "world":
            assert kinds.pop("noisy") == pa.bool_() and set(kinds.values()) == {pa.string()}
        else:
            assert kinds["study_inputs"] == kinds["query_outputs"] == lists(pa.int64(), 3)
            assert kinds["study_roles"] == lists(pa.string(), 1)
        pq.ParquetFile(table).metadata  # the footer is whole


def test_tables_of_many_rows_have_several_groups(work):
    recombine("generate", "facts", "--entities", 400, "--relations", 40, "--degree", 20, "--lambda", 8,
              "--out", work / "many")
    recombine("export", work / "many/train", "--format", "parquet", "--out", work / "many.parquet")
    recombine("export", work / "many/train", "--format", "jsonl", "--out", work / "many.jsonl")
    file = pq.ParquetFile(work / "many.parquet")
    rows = rows_of(work / "many.jsonl")
    assert file.num_row_groups == 2 and file.metadata.num_rows == len(rows) > 50_000
    assert file.read().column("target_text").to_pylist() == [row["target_text"] for row in rows]


def test_the_hubs_library_loads_tables(work, split, world):
    for name, folder in {"split": split, "world": world}.items():
        out = work / f"{name}-hub-tables"
        recombine("export", folder, "--format", "hf", "--form", "parquet", "--out", out)
        assert not list(out.glob("data/*.jsonl"))
        loaded = datasets.load_dataset(str(out), cache_dir=str(work / "cache"))
        for split_name, part in loaded.items():
            assert part.num_rows == json.loads((folder / split_name / "manifest.json").read_text())["count"]
