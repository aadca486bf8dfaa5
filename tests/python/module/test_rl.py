"""The adapters for reinforcement learning, each with its library's own loader."""

import asyncio
import itertools
import subprocess
import sys

import numpy as np
import pytest
from common import SMALL

import recombine
from recombine import rl

TASKS = {k: v for k, v in SMALL.items() if k != "queries"}


def right(task):
    return task.answer


def keys_of(name, seeds, count):
    """(seed of the data, index): what an episode is a function of."""
    return {(rl._tasks.data_seed(name, seed), index) for seed in seeds for index in range(count)}


def test_keys_of_train_and_test_never_meet():
    train, test = keys_of("train", range(10), 50_000), keys_of("test", range(10), 50_000)
    assert len(train | test) == 1_000_000 and not train & test
    # What seeds every item with seed + i makes the same items from neighbouring seeds.
    summed = [{seed + index for index in range(50_000)} for seed in (0, 1)]
    assert len(summed[0] & summed[1]) == 49_999
    assert rl._tasks.data_seed("test", 2**63 - 1) == 2**64 - 1
    for wrong in (("train", -1), ("train", 2**63), ("valid", 0)):
        with pytest.raises(ValueError):
            rl._tasks.data_seed(*wrong)


def test_episodes_of_train_and_test_differ():
    studies = [{one.tobytes() for one in rl.Tasks(name, seed, **TASKS).episodes.batch(range(2000))["study"]}
               for name, seed in (("train", 0), ("test", 0), ("train", 1), ("test", 1))]
    assert sum(map(len, studies)) == len(set().union(*studies)) == 8000


def test_a_reward_is_a_function_of_key_and_text():
    tasks = rl.Tasks("test", 5, queries=3, **TASKS)
    for index in (0, 1, 2, 3, 10**12):
        task = tasks[index]
        assert rl.task_of(task.key) == task
        assert task.query == index % 3 and f"/{index // 3}/" in task.key
        rl._tasks._asked.cache_clear()
        rl._tasks._episodes.cache_clear()
        assert rl.reward(task.key, right(task)) == 1.0
        assert rl.reward(task.key, "no idea") == 0.0
    task = tasks[4]
    truth = task.episode.queries[task.query, 1]
    credit = rl.Credit(shape=0.2, color=0.1)
    moved = str(np.roll(truth, 1, 0).tolist())
    assert rl.reward(task.key, moved) == 0.0
    assert rl.reward(task.key, moved, credit) == pytest.approx(
        0.1 + 0.2 * recombine.score(np.roll(truth, 1, 0), truth)["shape"])
    for wrong in ("grids/train/x//0/0", "other", "facts/train/0//0/0", None):
        with pytest.raises(ValueError):
            rl.reward(wrong, "")
    with pytest.raises(ValueError, match="unique"):
        rl.Tasks(seed=1, unique=True)
    with pytest.raises(recombine.InputError, match="--side 3"):
        rl.Tasks(side=3)


def test_gymnasium_finds_it_by_its_whole_name():
    pytest.importorskip("gymnasium")
    said = subprocess.run([sys.executable, "-c", """
import gymnasium
env = gymnasium.make("recombine.rl.gymnasium:recombine/Grids-v0", side=6, study=1)
print(env.reset(seed=3)[1]["key"])
"""], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    assert said.stdout.strip() == rl.Tasks("train", 3, side=6, study=1).key(0)


def test_gymnasium():
    gymnasium = pytest.importorskip("gymnasium")
    from gymnasium.utils.env_checker import check_env

    import recombine.rl.gymnasium as ours
    env = gymnasium.make("recombine/Grids-v0", **TASKS)
    check_env(env.unwrapped, skip_render_check=True)
    observation, info = env.reset(seed=3)
    assert info["key"] == rl.Tasks("train", 3, **TASKS).key(0)
    task = rl.task_of(info["key"])
    truth = task.episode.queries[0, 1]
    np.testing.assert_array_equal(observation["study"], task.episode.study)
    total = 0
    for row, column in np.argwhere(observation["board"] != truth):  # a stand-in that knows the answer
        observation, reward, terminated, truncated, _ = env.step(np.array([row, column, truth[row, column]]))
        total += reward
        assert not terminated and not truncated
    _, reward, terminated, _, info = env.step(np.array([7, 0, 0]))
    assert terminated and reward == 1.0 and total == 0 and info["exact"]
    env.reset()
    assert env.unwrapped._task.key == rl.Tasks("train", 3, **TASKS).key(1)
    _, reward, terminated, _, _ = env.step(np.array([7, 0, 0]))
    assert terminated and reward == 0.0
    assert len(ours.GridsEnv(render_mode="ansi", **TASKS).reset()) == 2
    vector = gymnasium.make_vec("recombine/Grids-v0", num_envs=3, **TASKS)
    assert vector.reset(seed=0)[0]["study"].shape == (3, 12, 2, 7, 7)


def test_an_environment_takes_actions_alone():
    gymnasium = pytest.importorskip("gymnasium")
    import recombine.rl.gymnasium as ours
    env = gymnasium.make(ours.ID, disable_env_checker=True, **TASKS)
    env.reset(seed=1)
    bare = env.unwrapped
    for wrong in ([-1, 0, 5], [0, 0, 10], [8, 0, 3], [0, 7, 3], [0, 0, 300], [0.9, 0.9, 2.9], [0, 0], 3):
        with pytest.raises(ValueError, match="action"):
            bare.step(np.array(wrong))
    bare.step([7, 0, 0])
    with pytest.raises(ValueError, match="over"):
        bare.step([7, 0, 0])
    with pytest.raises(IndexError):
        bare.reset(options={"index": -1})
    assert bare.reset()[1]["key"].split("/")[-2:] == ["1", "0"]
    for wrong in ({"further_sides": "6,8"}, {"further_study": "1,3"}, {"steps": 0}):
        with pytest.raises(ValueError):
            ours.GridsEnv(**{**TASKS, **wrong})
    keys = gymnasium.make_vec(ours.ID, num_envs=3, **TASKS).reset()[1]["key"]
    assert len(set(keys)) == 3, "without a seed each draws its own"


def test_reasoning_gym():
    reasoning_gym = pytest.importorskip("reasoning_gym")
    import recombine.rl.reasoning_gym as ours
    data = reasoning_gym.create_dataset(ours.NAME, size=20, seed=42, side=8, study=1, color_credit=0.25)
    assert len(data) == 20 and len(list(data)) == 20
    for entry in itertools.islice(data, 3):
        assert data.score_answer(entry["answer"], entry) == 1.0
        assert data.score_answer(f"<think>hm</think> The output is {entry['answer'][8:]}", entry) == 1.0
        assert data.score_answer("I do not know", entry) == data.score_answer(None, entry) == 0.0
    others = reasoning_gym.create_dataset(ours.NAME, size=20, seed=43, side=8, study=1)
    assert not {e["question"] for e in data} & {e["question"] for e in others}
    test = reasoning_gym.create_dataset(ours.NAME, size=20, seed=42, side=8, study=1, set="test")
    assert not {e["metadata"]["key"] for e in data} & {e["metadata"]["key"] for e in test}
    curriculum = reasoning_gym.create_curriculum(ours.NAME) if hasattr(
        reasoning_gym, "create_curriculum") else reasoning_gym.factory.create_curriculum(ours.NAME)
    easy = curriculum.generate_configuration({"size": 3, "seed": 1})
    assert (easy.side, easy.study) == (8, 4)
    curriculum.increment_attr_level("side")
    assert curriculum.generate_configuration({"size": 3, "seed": 1}).side == 10
    with pytest.raises(ValueError, match="--side 3"):
        reasoning_gym.create_dataset(ours.NAME, size=3, seed=1, side=3)


def test_verifiers():
    vf = pytest.importorskip("verifiers.v1")
    from verifiers.v1.utils.loaders import (load_environment, load_taskset, resolve_env_config,
                                            taskset_config_type)
    config = taskset_config_type("recombine-grids")(id="recombine-grids", options="side=8,study=1", seed=4)
    taskset = load_taskset(config)
    assert not taskset.bounded
    listed = taskset_config_type("recombine-grids")(
        id="recombine-grids", options="side=8&types=mirror,translation,rotation, study=1", task={"shape_credit": 0.5})
    assert next(iter(load_taskset(listed))).key == rl.Tasks(
        "train", side=8, types=["mirror", "translation", "rotation"], study=1).key(0)
    for wrong in ("seed=3", "side"):
        with pytest.raises(ValueError, match="options"):
            next(iter(load_taskset(taskset_config_type("recombine-grids")(id="recombine-grids", options=wrong))))
    tasks = list(taskset.take(5))
    again = list(load_taskset(config).skip(3).take(2))
    assert [task.key for task in tasks[3:]] == [task.key for task in again]
    assert len({task.key for task in tasks}) == 5
    assert [t.key for t in taskset.include(idx=["100:102"])] == [rl.Tasks("train", 4, side=8, study=1).key(i)
                                                                for i in (100, 101)]

    def scored(task, text):
        trace = vf.Trace(task=vf.TraceTask(type=type(task).__name__, data=task.data, key=task.key),
                         agent=vf.AgentInfo(config=vf.AgentConfig()))
        trace.root_reply = text  # a stand-in for a model
        asyncio.run(task.score(trace))
        return trace.rewards["grid"].value

    assert scored(tasks[0], tasks[0].data.answer) == 1.0
    assert scored(tasks[0], tasks[1].data.answer) == scored(tasks[0], "nothing") == 0.0
    environment = load_environment(resolve_env_config({"taskset": {"id": "recombine-grids", "set": "test"}}))
    assert next(iter(environment.taskset)).key == rl.Tasks("test").key(0)
