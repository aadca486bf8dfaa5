"""An episode as an environment of gymnasium: paint the answer to a query, then submit it.

    env = gymnasium.make("recombine.rl.gymnasium:recombine/Grids-v0", side=8)  # imports this module
    observation, info = env.reset(seed=3)            # info["key"] names the task
    observation, reward, terminated, truncated, info = env.step(action)
"""

import operator

import gymnasium
import numpy as np

from recombine._answers import score
from recombine.rl._tasks import Credit, Tasks

ID = "recombine/Grids-v0"
_COLOURS = 10


class GridsEnv(gymnasium.Env):
    """Observation: study uint8 [S, 2, N, N], roles uint8 [S], input uint8 [N, N], board uint8 [N, N]
    (begins as the input). Action: [row, column, colour] paints a cell; row G submits.

    A submitted board ends the episode with reward 1.0 where it is exactly right, else with what
    `credit` gives; every paint costs `cost`. Truncated after `steps` actions (4 G * G by default).
    reset(seed=s) begins the tasks of seed s, and every reset goes on with the next; the first one
    without a seed draws one. reset with options={"index": i} takes task i. Further options are those
    of recombine.grids, but for those that give boards or study sets of several sizes. step() raises
    ValueError for what is no action, and after the end.
    """

    metadata = {"render_modes": ["ansi", "svg"]}

    def __init__(self, set="train", *, credit=Credit(), cost=0.0, steps=None,  # pylint: disable=redefined-builtin
                 render_mode=None, **options):
        for name in ("further_sides", "further_study"):
            if name in options:
                raise ValueError(f"{name}: an environment has observations of one size")
        if steps is not None and steps < 1:
            raise ValueError(f"steps {steps}: must be at least 1")
        self._set, self._options, self._credit, self._cost = set, options, credit, cost
        self.render_mode = render_mode
        self._tasks, self._index, self._task, self._over = None, 0, None, True
        episode = Tasks(set, 0, **options)[0].episode
        side, pairs = episode.side, len(episode.roles)
        self._steps, self._used = steps or 4 * side * side, 0
        cells = gymnasium.spaces.Box(0, _COLOURS - 1, (side, side), np.uint8)
        self.observation_space = gymnasium.spaces.Dict({
            "study": gymnasium.spaces.Box(0, _COLOURS - 1, (pairs, 2, side, side), np.uint8),
            "roles": gymnasium.spaces.Box(0, 2 ** len(episode.rules) - 1, (pairs,), np.uint8),
            "input": cells, "board": cells})
        self.action_space = gymnasium.spaces.MultiDiscrete([side + 1, side, _COLOURS])
        self._study = self._roles = self._input = self.board = None

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        if seed is None and self._tasks is None:
            seed = int(self.np_random.integers(2**62))
        if seed is not None:
            self._tasks, self._index = Tasks(self._set, seed, **self._options), 0
        index = self._index if not options or "index" not in options else operator.index(options["index"])
        self._task = self._tasks[index]
        self._index, self._over = index + 1, False
        episode = self._task.episode
        self._study, self._roles = episode.study, episode.roles
        self._input = episode.queries[self._task.query, 0]
        self.board, self._used = self._input.copy(), 0
        return self._observation(), {"key": self._task.key}

    def step(self, action):
        action = np.asarray(action)
        if action.dtype.kind not in "iu" or not self.action_space.contains(action.astype(np.int64)):
            raise ValueError(f"action {action.tolist()}: must be whole numbers [row, column, colour], each of 0 to one "
                             f"less than {self.action_space.nvec.tolist()}")
        if self._over:
            raise ValueError("step: the episode is over, or was not begun; reset() begins one")
        row, column, colour = (int(part) for part in action)
        self._used += 1
        if row == self.board.shape[0]:
            self._over = True
            scores = score(self.board, self._task.episode, self._task.query)
            return self._observation(), self._credit.of(scores), True, False, {"key": self._task.key, **scores}
        self.board[row, column] = colour
        self._over = self._used >= self._steps
        return self._observation(), -self._cost, False, self._over, {"key": self._task.key}

    def render(self):
        """The board: rows of digits, or for "svg" the whole episode."""
        if self.render_mode == "svg":
            return self._task.episode.svg()
        return "\n".join("".join(map(str, row)) for row in self.board)

    def _observation(self):
        return {"study": self._study.copy(), "roles": self._roles.copy(), "input": self._input.copy(),
                "board": self.board.copy()}


def register():
    """Registers the environment; importing this module does. Twice is once."""
    if ID not in gymnasium.registry:
        gymnasium.register(id=ID, entry_point="recombine.rl.gymnasium:GridsEnv")


register()
