"""The reward function in TRL's own trainer, with a tiny network that was never trained."""

import itertools

import pytest
from common import SMALL, import_torch

from recombine import rl
from recombine.rl import trl as ours

TASKS = {k: v for k, v in SMALL.items() if k != "queries"}


def test_a_trainer_asks_for_rewards(tmp_path):
    import_torch()
    datasets, trl, transformers = (pytest.importorskip(name) for name in ("datasets", "trl", "transformers"))
    tokenizers = pytest.importorskip("tokenizers")
    stream = ours.dataset("train", seed=2, **TASKS)
    assert isinstance(stream, datasets.IterableDataset)
    keys = [row["key"] for row in itertools.islice(stream, 3)]
    assert keys == [rl.Tasks("train", 2, **TASKS).key(index) for index in range(3)]

    words = tokenizers.Tokenizer(tokenizers.models.BPE(unk_token=None))
    words.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    words.decoder = tokenizers.decoders.ByteLevel()
    words.train_from_iterator(["output: [[0, 1]]"], tokenizers.trainers.BpeTrainer(
        vocab_size=300, special_tokens=["<end>"], initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet()))
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=words, eos_token="<end>", pad_token="<end>")
    model = transformers.GPT2LMHeadModel(transformers.GPT2Config(
        vocab_size=len(tokenizer), n_positions=8192, n_embd=16, n_layer=1, n_head=2,
        eos_token_id=0, bos_token_id=0, pad_token_id=0))
    asked = []

    def rewards(**arguments):
        asked.extend(arguments["key"])
        return ours.exact(**arguments)

    data = ours.dataset("train", 2, **TASKS)
    trainer = trl.GRPOTrainer(
        model=model, reward_funcs=rewards, train_dataset=data, processing_class=tokenizer,
        args=trl.GRPOConfig(output_dir=str(tmp_path), per_device_train_batch_size=2, num_generations=2, max_steps=1,
                            max_completion_length=4, use_cpu=True, bf16=False, report_to=[], save_strategy="no",
                            disable_tqdm=True))
    trainer.train()
    assert asked and set(asked) <= {rl.Tasks("train", 0, **TASKS).key(index) for index in range(2)}


def test_rewards_of_completions():
    rows = list(ours.rows("train", 4, **TASKS))
    tasks = [rl.task_of(row["key"]) for row in rows]
    completions = [tasks[0].answer, "what?", tasks[2].answer, tasks[2].answer]
    rewards = ours.exact(prompts=[row["prompt"] for row in rows], completions=completions,
                         key=[row["key"] for row in rows], completion_ids=None, trainer_state=None)
    assert rewards == [1.0, 0.0, 1.0, 0.0]
    chat = next(ours.rows("test", 1, chat=True, **TASKS))
    message = [{"role": "assistant", "content": rl.task_of(chat["key"]).answer}]
    assert ours.exact(completions=[message], key=[chat["key"]]) == [1.0]
    assert ours.exact.__name__ == "exact"
    parts = [{"role": "assistant", "content": [{"type": "text", "text": rl.task_of(chat["key"]).answer}]}]
    calls = [{"role": "assistant", "content": None, "tool_calls": []}]
    assert ours.exact(completions=[parts, calls], key=[chat["key"]] * 2) == [1.0, 0.0]


@pytest.mark.parametrize("further", [[8, 9], (8, 9), "8,9"])
def test_a_stream_has_the_tasks_of_its_options(further):
    options = {**TASKS, "further_sides": further}
    assert next(iter(ours.dataset("train", **options)))["key"] == next(ours.rows("train", 1, **options))["key"]
