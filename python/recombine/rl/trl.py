"""Rewards and prompts for TRL's trainers (GRPOTrainer and its like).

    trainer = GRPOTrainer(model=..., reward_funcs=recombine.rl.trl.exact,
                          train_dataset=recombine.rl.trl.dataset("train", 10_000))
"""

from recombine.rl._tasks import Credit, Tasks, reward


def _text(completion):
    """A completion: a text, or messages."""
    if isinstance(completion, str):
        return completion
    return "".join(_said(message.get("content")) for message in completion if message.get("role") == "assistant")


def _said(content):
    """Of a message: a text, None (it calls a tool), or parts, of which those of text count."""
    if content is None or isinstance(content, str):
        return content or ""
    return "".join(part.get("text") or "" for part in content if isinstance(part, dict))


def reward_function(credit=Credit(), name="recombine"):
    """A reward function of TRL's form: f(prompts, completions, key, ...) -> a float a completion. The
    column `key` of the data set says which task each one answers."""

    def rewards(prompts=None, completions=(), *, key, **_):  # pylint: disable=unused-argument
        return [reward(one, _text(completion), credit) for one, completion in zip(key, completions)]

    rewards.__name__ = name
    return rewards


exact = reward_function(name="exact")  #: 1.0 for the right grid, else 0.0


def rows(set="train", count=None, *, chat=False, **options):  # pylint: disable=redefined-builtin
    """{"prompt", "key"} of each task from 0 on; without an end where there is no count."""
    tasks = Tasks(set, **options)
    index = 0
    while count is None or index < count:
        task = tasks[index]
        prompt = [{"role": "user", "content": task.prompt}] if chat else task.prompt
        yield {"prompt": prompt, "key": task.key}
        index += 1


def dataset(set="train", count=None, *, chat=False, **options):  # pylint: disable=redefined-builtin
    """A datasets.Dataset of `count` tasks; without a count an endless datasets.IterableDataset, whose
    tasks are made as they are asked for."""
    import datasets  # pylint: disable=import-outside-toplevel

    # A list would be shared out over shards.
    options = {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}
    arguments = {"set": set, "count": count, "chat": chat, **options}
    if count is None:
        return datasets.IterableDataset.from_generator(rows, gen_kwargs=arguments)
    return datasets.Dataset.from_list(list(rows(**arguments)))
