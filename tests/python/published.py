"""The published networks in Python, as the checkpoints of their programs hold them: built here out
of PyTorch's and transformers' own modules, by the papers and by the names of their tensors."""

import pathlib
import sys

from conftest import ROOT

sys.path.insert(0, str(ROOT / "tools"))
from checkpoints.torch_python import import_torch  # pylint: disable=wrong-import-position

torch = import_torch()
nn = torch.nn

PATCHES = 5  # a side of ten cells in patches of two
GRID = PATCHES * PATCHES
ROWS = 10_005
START, END, BETWEEN, AFTER = 1, 2, 3, 4  # special tokens; 0 is padding


class Line(nn.Module):
    def __init__(self, length, width):
        super().__init__()
        self.pos_embedding = nn.Parameter(torch.randn(1, length, width))


class Places(nn.Module):
    """A place in the sequence and, for tokens of a grid, a row and a column."""

    def __init__(self, width, study):
        super().__init__()
        self.positional_1d = Line(study * (2 * GRID + 2) + GRID + 1, width)
        self.row_embed = nn.Parameter(torch.randn(PATCHES, width))
        self.col_embed = nn.Parameter(torch.randn(PATCHES, width))
        self.study = study

    def forward(self, tokens, embedded, answer):
        grid = (self.row_embed.unsqueeze(1) + self.col_embed).flatten(0, 1)
        none = torch.zeros(1, grid.size(1))
        places = (torch.cat([none, grid]) if answer
                  else torch.cat([grid, none] * (2 * self.study + 1)))
        length = tokens.size(1)
        return embedded + self.positional_1d.pos_embedding[:, :length] + places[:length]


class Network(nn.Module):
    def __init__(self, width=32, heads=4, encoder=2, decoder=1, multiple=2, study=12, activation="gelu"):
        super().__init__()
        self.transformer = nn.Transformer(width, heads, encoder, decoder, multiple * width, 0.0,
                                          activation=activation, batch_first=True)
        self.positional_encoding = Places(width, study)
        self.input_embedding = nn.Embedding(ROWS, width)
        self.output_embedding = nn.Embedding(ROWS, width)
        self.out = nn.Linear(width, ROWS)

    def forward(self, source, target):
        later = torch.ones(target.size(1), target.size(1), dtype=torch.bool).triu(1)
        return self.out(self.transformer(
            self.positional_encoding(source, self.input_embedding(source), False),
            self.positional_encoding(target, self.output_embedding(target), True), tgt_mask=later))


class Trained(nn.Module):
    """What the trainer saves: the network as `model`, and the loss with its class weights."""

    def __init__(self, network, empty_weight=0.2):
        super().__init__()
        self.model = network
        weights = torch.ones(ROWS)
        weights[5] = empty_weight
        self.loss_fn = nn.CrossEntropyLoss(ignore_index=0, weight=weights)


def hyper_parameters(**changes):
    said = {"hidden_size": 32, "output_size": ROWS, "PAD_idx_input": 0, "PAD_idx_output": 0,
            "nlayers_encoder": 2, "nlayers_decoder": 1, "nhead": 4, "dropout_p": 0.0, "ff_mult": 2,
            "activation": "gelu", "grid_size": (10, 10), "patch_size": (2, 2), "num_support": 12,
            "batch_size": 200, "lr": 0.01, "weight_decay": 0.01, "lr_end_factor": 0.05,
            "nepochs": 300, "max_length": 100, "all_zero_token_idx": 5, "zero_token_weight": 0.2}
    return {**said, **changes}


def lightning_file(file, network, **changes):
    """A checkpoint as PyTorch Lightning writes it."""
    trained = Trained(network)
    torch.save({"epoch": 7, "global_step": 1456, "pytorch-lightning_version": "2.5.0",
                "state_dict": trained.state_dict(), "loops": {"fit_loop": {"state_dict": {}}},
                "callbacks": {"ModelCheckpoint": {"best_model_score": torch.tensor(0.25)}},
                "optimizer_states": [torch.optim.AdamW(trained.parameters()).state_dict()],
                "lr_schedulers": [{"_last_lr": [0.01]}], "hparams_name": "kwargs",
                "hyper_parameters": hyper_parameters(**changes)}, file)
    return pathlib.Path(file)


def patches_of(grid):
    """The tokens of a grid: 5 + the four cells of a patch as digits."""
    return [5 + 1000 * grid[r][c] + 100 * grid[r][c + 1] + 10 * grid[r + 1][c] + grid[r + 1][c + 1]
            for r in range(0, 10, 2) for c in range(0, 10, 2)]


def grid_of(patches):
    """The way back; None where a token is special."""
    if min(patches) < 5:
        return None
    grid = [[0] * 10 for _ in range(10)]
    for place, token in enumerate(patches):
        row, column, digits = 2 * (place // PATCHES), 2 * (place % PATCHES), token - 5
        grid[row][column], grid[row][column + 1] = digits // 1000, digits // 100 % 10
        grid[row + 1][column], grid[row + 1][column + 1] = digits // 10 % 10, digits % 10
    return grid


def forced_answers(network, episodes):
    """By (episode, query): the grid that is likeliest after the true patches, its log-probability,
    and by how much the second-likeliest patch is behind where it is closest. `episodes`: the lines
    of a split's file in the published format."""
    answers = {}
    with torch.no_grad():
        for number, episode in enumerate(episodes):
            study = [token for before, after in episode["study_examples"]
                     for token in [*patches_of(before), BETWEEN, *patches_of(after), AFTER]]
            source = [study + patches_of(before) + [BETWEEN] for before, _ in episode["queries"]]
            target = [[START] + patches_of(after) for _, after in episode["queries"]]
            logits = network.eval()(torch.tensor(source), torch.tensor(target))[:, :GRID]
            best, tokens = logits.log_softmax(-1).topk(2)
            for query, chosen in enumerate(tokens[:, :, 0].tolist()):
                gap = (best[query, :, 0] - best[query, :, 1]).min().item()
                answers[number, query] = grid_of(chosen), best[query, :, 0].sum().item(), gap
    return answers
