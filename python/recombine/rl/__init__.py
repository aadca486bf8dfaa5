"""Episodes as verifiable tasks for reinforcement learning and evaluation.

    tasks = recombine.rl.Tasks("train", seed=0, side=8)
    task = tasks[42]                       # Task: key, prompt, answer
    recombine.rl.reward(task.key, text)    # 1.0 where the text has the right grid

`recombine.rl.reasoning_gym`, `.verifiers`, `.trl` and `.gymnasium` are adapters; each needs its library.
"""

from recombine.rl._tasks import Credit, Task, Tasks, reward, task_of

__all__ = ["Credit", "Task", "Tasks", "reward", "task_of"]
