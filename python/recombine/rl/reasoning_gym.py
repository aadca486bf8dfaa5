"""Episodes as a data set of reasoning-gym: importing this registers "recombine_grids".

    import reasoning_gym, recombine.rl.reasoning_gym
    data = reasoning_gym.create_dataset("recombine_grids", size=1000, seed=42, side=8)
    data.score_answer(text, data[0])
"""

import dataclasses
from typing import Optional

from reasoning_gym import factory
from reasoning_gym.coaching import BaseCurriculum, ScalarAttributeDefinition
from reasoning_gym.dataset import ProceduralDataset

from recombine.rl._tasks import Credit, Tasks, reward

NAME = "recombine_grids"


@dataclasses.dataclass
class GridsConfig:
    """What is asked. Raises ValueError as recombine.grids does."""

    side: int = 10  #: rows and columns of a grid
    study: int = 2  #: pairs in each of the six study sections: fewer are harder
    max_shape_size: int = 9  #: most cells of a shape: more are harder
    set: str = "train"  #: "train" or "test": their tasks never meet, whatever the seeds
    shape_credit: float = 0.0  #: what the right shapes are worth in a wrong answer
    color_credit: float = 0.0  #: what the right colours are worth in a wrong answer
    seed: Optional[int] = None
    size: int = 500

    def options(self):
        """Keyword arguments of recombine.grids."""
        return {"side": self.side, "study": self.study, "max_shape_size": self.max_shape_size}

    def validate(self):
        """Raises ValueError."""
        Tasks(self.set, 0, **self.options())


class GridsDataset(ProceduralDataset):
    """One query an item. Item i is a function of (seed, i), and two seeds share no item: nothing is
    seeded with seed + i."""

    def __init__(self, config):
        super().__init__(config=config, seed=config.seed, size=config.size)
        self._tasks = Tasks(config.set, self.seed, **config.options())
        self._credit = Credit(shape=config.shape_credit, color=config.color_credit)

    def __getitem__(self, idx):
        task = self._tasks[idx]
        options = self.config.options()
        return {"question": task.prompt, "answer": task.answer,
                "metadata": {"source_dataset": NAME, "source_index": idx, "key": task.key,
                             "triplet": task.episode.triplet, "difficulty": options}}

    def score_answer(self, answer, entry):
        """1.0 for the right grid, in any form that a person would read; the credits otherwise."""
        return reward(entry["metadata"]["key"], answer, self._credit) if isinstance(answer, str) else 0.0


class GridsCurriculum(BaseCurriculum):
    """Larger grids, larger shapes, fewer study pairs."""

    def __init__(self):
        super().__init__(GridsCurriculum.__name__, GridsConfig)
        self._define_attributes(
            ScalarAttributeDefinition(name="side", field_name="side", levels=[8, 10, 12, 15, 20],
                                      description="Rows and columns of a grid"),
            ScalarAttributeDefinition(name="max_shape_size", field_name="max_shape_size", levels=[3, 6, 9, 12],
                                      description="Most cells of a shape"),
            ScalarAttributeDefinition(name="study", field_name="study", levels=[4, 3, 2, 1],
                                      description="Pairs in each study section"))


def register():
    """Registers the data set; twice is once."""
    if NAME not in factory.DATASETS:
        factory.register_dataset(NAME, GridsDataset, GridsConfig, GridsCurriculum)


register()
