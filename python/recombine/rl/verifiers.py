"""Episodes as a taskset of verifiers: endless and lazy, with stable keys.

    eval recombine-grids ...               # verifiers' own program; the package is recombine_grids
"""

import re
from collections.abc import Iterator

import verifiers.v1 as vf

from recombine.rl._tasks import Credit, Tasks, reward


class GridsTaskConfig(vf.TaskConfig):
    """What a wrong answer is worth."""

    shape_credit: float = 0.0
    color_credit: float = 0.0


class GridsTasksetConfig(vf.TasksetConfig):
    """Which tasks: a set, a seed, and options of recombine.grids as text
    ("side=8,study=2,types=mirror,translation,rotation")."""

    set: str = "train"
    seed: int = 0
    queries: int = 1
    options: str = ""
    task: GridsTaskConfig = GridsTaskConfig()


def _options(text):
    """{"side": "8", ...}; a comma is part of a value where no name follows it."""
    options = {}
    for piece in re.split(r"[,&]\s*(?=[\w-]+=)", text.strip()) if text.strip() else []:
        name, equals, value = piece.partition("=")
        if not equals or name in ("seed", "queries"):
            raise ValueError(f"options: '{piece}': " + ("has a field of its own" if equals else "must be name=value"))
        options[name] = value.strip()
    return options


class GridsData(vf.TaskData):
    """A task as traces have it; `id` is its key."""

    answer: str


class GridsTask(vf.Task[GridsData, vf.State, GridsTaskConfig]):
    """One query of one episode."""

    @property
    def key(self):
        """The key of recombine.rl: says set, seed, options, episode and query."""
        return self.data.id

    @vf.reward
    async def grid(self, trace: vf.Trace) -> float:
        """1.0 for the right grid in the last reply; the credits otherwise."""
        credit = Credit(shape=self.config.shape_credit, color=self.config.color_credit)
        return reward(self.data.id, trace.last_reply, credit)


class GridsTaskset(vf.Taskset[GridsTask, GridsTasksetConfig]):
    """All tasks of a set."""

    INFINITE = True

    def load(self) -> Iterator[GridsTask]:
        config = self.config
        options = _options(config.options)
        tasks = Tasks(config.set, config.seed, queries=config.queries, **options)
        task_config = GridsTaskConfig(**config.task.model_dump())
        index = 0
        while True:
            task = tasks[index]
            data = GridsData(id=task.key, name=f"{config.set}-{index}", prompt=task.prompt, answer=task.answer)
            yield GridsTask(data, task_config)
            index += 1
