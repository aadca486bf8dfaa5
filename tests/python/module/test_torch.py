"""The adapters for PyTorch, with its own DataLoader and samplers."""

import itertools
import subprocess
import sys

import numpy as np
import pytest
from common import ROOT, SMALL, WORLD, import_torch, program

import recombine

torch = import_torch()
from recombine.torch import Loader, MapDataset, Stream  # noqa: E402  pylint: disable=wrong-import-position
from torch.utils.data import DataLoader, DistributedSampler  # noqa: E402

FREE = {**SMALL, "unique": False}


def studies(batches):
    return np.concatenate([batch["study"].numpy() for batch in batches])


def wanted(indices):
    return recombine.grids(**FREE).batch(indices)["study"]


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_fresh_batches_come_in_order_whatever_the_workers(workers):
    loader = Loader(recombine.grids(**FREE), 8, workers=workers)
    np.testing.assert_array_equal(studies(itertools.islice(loader, 7)), wanted(range(56)))


@pytest.mark.parametrize("before,after", [(0, 2), (2, 0), (2, 3)])
def test_a_loader_goes_on_where_it_stopped(before, after):
    first = Loader(recombine.grids(**FREE), 4, workers=before)
    begun = studies(itertools.islice(first, 5))
    state = first.state_dict()
    assert state["batches"] == 5
    second = Loader(recombine.grids(**FREE), 4, workers=after)
    second.load_state_dict(state)
    rest = studies(itertools.islice(second, 6))
    np.testing.assert_array_equal(np.concatenate([begun, rest]), wanted(range(44)))
    with pytest.raises(ValueError, match="batch_size 4"):
        Loader(recombine.grids(**FREE), 5).load_state_dict(state)


def test_replicas_share_the_items():
    replicas = [studies(Loader(recombine.grids(**FREE, episodes=60), 5, workers=2, rank=rank, world=3))
                for rank in range(3)]
    assert [len(one) for one in replicas] == [20, 20, 20]
    ids = sorted(itertools.chain.from_iterable(
        [tuple(i) for n in range(4) for i in [Stream(None, 5, rank=rank, world=3).indices(n)]] for rank in range(3)))
    assert sorted(itertools.chain.from_iterable(ids)) == list(range(60))
    everything = {one.tobytes() for one in np.concatenate(replicas)}
    assert everything == {one.tobytes() for one in wanted(range(60))} and len(everything) == 60


def test_an_epoch_of_a_set_with_an_end_is_an_iteration_and_alike_for_all_replicas():
    def loader(rank=0, world=1, **more):
        return Loader(recombine.grids(**FREE, episodes=65), 5, rank=rank, world=world, **more)

    whole = loader()
    assert [sum(1 for _ in whole) for _ in range(3)] == [13, 13, 13]
    assert [sum(1 for _ in loader(rank, 3, workers=rank)) for rank in range(3)] == [4, 4, 4]
    state = whole.state_dict()
    with pytest.raises(ValueError, match="other data"):
        Loader(recombine.grids(**{**FREE, "seed": 5}, episodes=65), 5).load_state_dict(state)


def test_items_of_different_sizes_are_read_one_by_one():
    mixed = MapDataset(recombine.grids(**FREE, further_sides=[6, 8], episodes=30))
    batch = next(iter(DataLoader(mixed, batch_size=8, collate_fn=lambda items: items)))
    assert len({item["study"].shape for item in batch}) > 1
    for index, item in enumerate(batch):
        np.testing.assert_array_equal(item["study"].numpy(), mixed.data[index].study)


def test_items_go_through_a_data_loader_and_a_distributed_sampler():
    data = MapDataset(recombine.grids(**SMALL, episodes=50))
    batches = list(DataLoader(data, batch_size=8, num_workers=2, shuffle=True))
    seen = {one.tobytes() for one in studies(batches)}
    assert len(seen) == 50
    shares = []
    for rank in range(2):
        sampler = DistributedSampler(data, num_replicas=2, rank=rank, shuffle=True, seed=3)
        shares.append({one.tobytes() for one in studies(DataLoader(data, 5, sampler=sampler, num_workers=1))})
    assert not shares[0] & shares[1] and shares[0] | shares[1] == seen
    facts = MapDataset(recombine.facts(**WORLD))
    batch = next(iter(DataLoader(facts, batch_size=6)))
    np.testing.assert_array_equal(batch["tokens"].numpy(), recombine.facts(**WORLD).batch(range(6))["tokens"])
    with pytest.raises(TypeError):
        MapDataset(recombine.grids())


def test_the_example_trains_and_scores(tmp_path):
    example = ROOT / "python/examples/train.py"
    run = f"""
import sys, runpy
sys.path.insert(0, {str(ROOT / "tools")!r})
from checkpoints.torch_python import import_torch
import_torch()
sys.argv = [{str(example)!r}, "--steps", "4", "--out", {str(tmp_path)!r}]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "step 4: loss" in done.stdout
    table = program("evaluate", "--data", tmp_path / "test", "--predictions", tmp_path / "small.jsonl", "--quiet")
    assert "small" in table
