"""Trains a small network on fresh episodes and writes predictions for `recombine evaluate`.

    python python/examples/train.py --steps 400 --out out/python
"""

import argparse
import pathlib

import torch
from torch import nn

import recombine
from recombine.torch import Loader

TASK = {"side": 6, "study": 2, "queries": 4, "max_shape_size": 3, "shape_box": 2}  # a small task


class Network(nn.Module):
    """Every grid is a token, its cells one-hot; a query's token asks the study pairs' tokens."""

    def __init__(self, side, width=128, layers=3):
        super().__init__()
        cells = side * side * 10
        self.pair, self.query, self.role = nn.Linear(2 * cells, width), nn.Linear(cells, width), nn.Embedding(8, width)
        layer = nn.TransformerEncoderLayer(width, 4, 4 * width, batch_first=True, norm_first=True, dropout=0)
        self.encoder = nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)
        self.head = nn.Linear(width, cells)
        self.side = side

    def forward(self, batch):  # [B, S, 2, N, N], [B, S], [B, Q, 2, N, N] -> [B, Q, N, N, 10]
        one_hot = [nn.functional.one_hot(grids.long(), 10).float() for grids in (batch["study"], batch["queries"][:, :, 0])]
        study = self.pair(one_hot[0].flatten(2)) + self.role(batch["roles"].long())
        asked = self.query(one_hot[1].flatten(2))
        queries = asked.shape[1]  # each query sees the study pairs and itself alone
        tokens = torch.cat([study.repeat_interleave(queries, 0), asked.flatten(0, 1).unsqueeze(1)], 1)
        logits = self.head(self.encoder(tokens)[:, -1])
        return logits.view(*batch["queries"].shape[:2], self.side, self.side, 10) + 2 * one_hot[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    given = parser.parse_args()
    torch.manual_seed(1)
    network = Network(TASK["side"])
    optimizer = torch.optim.AdamW(network.parameters(), 1e-3)
    loader = iter(Loader(recombine.grids(**TASK, seed=1, unique=False), batch_size=32, workers=1))
    for step in range(1, given.steps + 1):
        batch = next(loader)
        loss = nn.functional.cross_entropy(network(batch).flatten(0, 3), batch["queries"][:, :, 1].long().flatten())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 50 == 0 or step == given.steps:
            print(f"step {step}: loss {loss.item():.4f}", flush=True)
    test = recombine.grids(**TASK, seed=2).save(given.out / "test", 200, force=True)
    with torch.no_grad():
        answers = network({k: torch.from_numpy(v) for k, v in test.batch(range(len(test))).items()}).argmax(-1)
    size = sum(p.numel() for p in network.parameters())
    recombine.write_predictions(given.out / "small.jsonl", test, answers.numpy(), name="small", parameters=size, force=True)
    report = recombine.evaluate(test, given.out / "small.jsonl")
    print(report["splits"]["test"]["exact"], report["splits"]["test"]["color"]["value"])


if __name__ == "__main__":
    main()
