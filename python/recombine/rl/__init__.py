"""Episodes as verifiable tasks for reinforcement learning and evaluation.

    tasks = recombine.rl.Tasks("train", seed=0, side=8)
    task = tasks[42]                       # Task: key, prompt, answer
    recombine.rl.reward(task.key, text)    # 1.0 where the text has the right grid

`recombine.rl.reasoning_gym`, `.verifiers`, `.trl` and `.gymnasium` are adapters; each needs its library.
"""

import importlib

from recombine.rl._tasks import Credit, Task, Tasks, reward, task_of

__all__ = ["Credit", "Task", "Tasks", "reward", "task_of"]


def __getattr__(name):
    """The adapters are imported when they are first named."""
    if name in ("gymnasium", "reasoning_gym", "trl", "verifiers"):
        return importlib.import_module(f"recombine.rl.{name}")
    raise AttributeError(f"module 'recombine.rl' has no attribute '{name}'")
