"""Data sets for PyTorch: of a map style, and endless ones that go on where they stopped.

    loader = recombine.torch.Loader(recombine.grids(seed=1, unique=False), batch_size=64, workers=2)
    for batch in loader:                  # {"study": uint8 [64, S, 2, N, N], "queries": ..., "roles": ...}
        ...
"""

import torch
from torch.utils import data as torch_data

from recombine._core import InputError


def tensors(batch):
    """A dict of NumPy arrays as tensors of the same memory."""
    return {name: torch.from_numpy(array) for name, array in batch.items()}


def _one(batch, place):
    return {name: array[place] for name, array in batch.items()}


class MapDataset(torch_data.Dataset):
    """A data set of a map style: item i as a dict of tensors, [S, 2, N, N] and so on.

    For DataLoader with any sampler, DistributedSampler among them. data: a data set with a length
    (grids(episodes=N), facts(...), open(...)). A batch is read at once.
    """

    def __init__(self, data):
        len(data)  # raises TypeError for an endless one
        self.data = data

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.__getitems__([index])[0]

    def __getitems__(self, indices):
        """What DataLoader asks for a batch. Items of different sizes need a `collate_fn` that pads."""
        try:
            batch = tensors(self.data.batch(indices))
        except InputError:  # they do not lie in one array
            return [_one(tensors(self.data.batch([index])), 0) for index in indices]
        return [_one(batch, place) for place in range(len(indices))]


class Stream(torch_data.IterableDataset):
    """Batches of fresh items, one after another: batch n holds items n * batch_size and on.

    Replica `rank` of `world` gets batches rank, rank + world, ...; the workers of its DataLoader
    (batch_size=None) take turns, so their number changes neither the batches nor their order. No item
    comes twice. Every replica gives as many batches: a data set with an end ends with the last
    `world` whole batches, and what is left of it, fewer than world * batch_size items, is left out.
    `first`: the batch to begin with, counted by replica.
    """

    def __init__(self, data, batch_size, *, rank=0, world=1, first=0):
        super().__init__()
        if batch_size < 1 or not 0 <= rank < world:
            raise ValueError(f"batch_size {batch_size}, rank {rank}, world {world}: must be at least 1, "
                             "and 0 <= rank < world")
        self.data, self.batch_size, self.rank, self.world, self.first = data, batch_size, rank, world, first

    def indices(self, number):
        """The items of this replica's batch `number`: a range."""
        begin = (number * self.world + self.rank) * self.batch_size
        return range(begin, begin + self.batch_size)

    def __iter__(self):
        worker = torch_data.get_worker_info()
        number, step = self.first, 1
        if worker is not None:
            self.data.threads = 1
            number, step = self.first + worker.id, worker.num_workers
        size = None if self.data.endless else len(self.data)
        while size is None or (number + 1) * self.world * self.batch_size <= size:
            yield tensors(self.data.batch(self.indices(number)))
            number += step


class Loader:
    """Fresh batches with a state: what was used is counted here, whatever the workers read ahead.

    state_dict() after a step and load_state_dict() in another process go on with the next batch, also
    with other numbers of workers. A data set with an end begins anew when it was used up: an epoch an
    iteration. One iterator at a time: a second one takes the batches on from where the first is.
    `rank` and `world` default to torch.distributed's, where that is initialised. Further arguments
    are DataLoader's (pin_memory, prefetch_factor, ...).
    """

    def __init__(self, data, batch_size, *, workers=0, rank=None, world=None, **more):
        if rank is None and torch.distributed.is_available() and torch.distributed.is_initialized():
            rank, world = torch.distributed.get_rank(), torch.distributed.get_world_size()
        self._stream = Stream(data, batch_size, rank=rank or 0, world=world or 1)
        self._workers, self._more = workers, more

    def __iter__(self):
        loader = torch_data.DataLoader(self._stream, batch_size=None, num_workers=self._workers, **self._more)
        for batch in loader:
            self._stream.first += 1
            yield batch
        self._stream.first = 0

    def state_dict(self):
        """{"batches": how many this replica has used, "batch_size", "world", "recipe": of the data}."""
        return {"batches": self._stream.first, "batch_size": self._stream.batch_size,
                "world": self._stream.world, "recipe": self._stream.data.recipe}

    def load_state_dict(self, state):
        """Goes on after state["batches"]. Raises ValueError for a state of other batches."""
        for name in ("batch_size", "world"):
            if state[name] != getattr(self._stream, name):
                raise ValueError(f"state: is of {name} {state[name]}, and this loader has "
                                 f"{getattr(self._stream, name)}; the batches would be others")
        if state.get("recipe", self._stream.data.recipe) != self._stream.data.recipe:
            raise ValueError(f"state: is of other data, {state['recipe']}; this loader has "
                             f"{self._stream.data.recipe}")
        self._stream.first = state["batches"]
