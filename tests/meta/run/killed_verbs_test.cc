// Verbs that need LibTorch, killed at any moment (tests/tools/killed_verb.h). Trainings, which go
// on where they were, are killed in tests/meta/training/kill_test.cc.

#include <vector>

#include <gtest/gtest.h>

#include "tests/tools/killed_verb.h"

namespace recombine {
namespace {

constexpr const char* kGivenEpisodes =
    "generate grids --episodes 600 --side 6 --study 2 --queries 2 --min-shape-size 2 "
    "--max-shape-size 3 --shape-box 2 --out @/set";
constexpr const char* kGivenParts =
    "split --data @/set --primitives 1 --compositions 1 --queries 2 --out @/s";
constexpr const char* kGivenRun =
    "train --data @/s --out @/run --steps 2 --warmup 1 --batch 4 --workers 1 --validate-items 5 "
    "--queries-mix plain --model.width 16 --model.heads 2 --model.feed-forward 32 "
    "--model.layers 1 --model.patch 3";
/// The published network, small; its vocabulary is to be converted.
constexpr const char* kGivenShared =
    "train --data @/s --out @/run --steps 2 --warmup 1 --batch 4 --workers 1 --validate-items 5 "
    "--queries-mix plain --model.name shared --model.vocabulary full --model.width 16 "
    "--model.heads 2 --model.feed-forward 32 --model.layers 1";

std::vector<KilledVerb> killed_torch_verbs() {
  return {
      {"predict",
       {kGivenEpisodes, kGivenParts, kGivenRun},
       "",
       "predict --run @/run --data @/s/train --out ?/p.jsonl",
       "--force"},
      {"replaced_predictions",
       {kGivenEpisodes, kGivenParts, kGivenRun},
       "predict --run @/run --data @/s/test_ood --out ?/p.jsonl",
       "predict --run @/run --data @/s/train --force --out ?/p.jsonl",
       ""},
      {"trace",
       {kGivenEpisodes, kGivenParts, kGivenRun},
       "",
       "trace --run @/run --data @/s/test_ood --items 40 --out ?/trace",
       "--force"},
      {"convert",
       {kGivenEpisodes, kGivenParts, kGivenShared},
       "",
       "convert --run @/run --vocabulary compact --out ?/run",
       "--force"},
  };
}

using KilledTorchVerb = KilledVerbTest;

TEST_P(KilledTorchVerb, GivesTheSameWhenItIsBegunAgain) { expect_the_same_when_begun_again(); }

INSTANTIATE_TEST_SUITE_P(Every,
                         KilledTorchVerb,
                         testing::ValuesIn(killed_torch_verbs()),
                         name_of_killed_verb);

}  // namespace
}  // namespace recombine
