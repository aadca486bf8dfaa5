#pragma once
// The options that the verbs of recombine-train have beside their sections. Without Torch, so that
// every program can describe them.

#include <cstdint>
#include <string>

#include "data/fields.h"
#include "data/usual_notes.h"
#include "models/refine_config.h"

namespace recombine {

struct TrainOptions {
  std::string data;
  std::string out;
  bool resume = false;
  bool force = false;
  int ranks = 0;
  int rank_timeout = 600;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("data", self.data, "what is learned",
          {.values = {{"fresh", "episodes as [grids] and [split] say"}},
           .or_else = "the folder of a split or a world"});
    visit("out", self.out, "folder of the run");
    visit("resume", self.resume, "go on with an interrupted run");
    visit("force", self.force, "replace a run that is there");
    visit("ranks", self.ranks,
          "processes of this machine that train together, each with --workers threads; 0: as the "
          "variables of torchrun or Slurm say, or this one alone",
          {.range = between(0, 256)});
    visit("rank-timeout", self.rank_timeout,
          "seconds that a rank waits for the others before it says which of them stands still",
          {.range = at_least(1)});
  }
};

struct PredictOptions {
  std::string run;
  std::string data;
  std::string out;
  std::string checkpoint = "last";
  std::string name;
  std::string decode = "greedy";
  int shots = 0;
  bool copies = false;
  int refine = 0;
  double refine_lr = RefineConfig{}.lr;
  double refine_pull = RefineConfig{}.pull;
  std::uint64_t limit = 0;
  std::string shard;
  std::string device = "cpu";
  int threads = 0;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("run", self.run, "folder of the run");
    visit("data", self.data, "folder of the data set to answer: DIR/test_ood");
    visit("out", self.out, "file of the predictions, .jsonl");
    visit("checkpoint", self.checkpoint, "which one answers", checkpoint_notes());
    visit("name", self.name, "what leaderboards call it; empty: the model's name");
    visit("decode", self.decode, "what each token of an answer follows",
          {.values = {{"greedy", "the model's own tokens before it"},
                      {"teacher", "the true ones, which changes no exact match"},
                      {"decomposed", "facts: three hops as two two-hop questions"}}});
    visit("shots", self.shots,
          "pairs under all three rules that are shown instead of the study pairs (a few-shot "
          "split's, or queries, which then are not asked); 0: the study pairs",
          {.read_by = {"grids"}, .range = at_least(0)});
    visit("copies", self.copies,
          "also ask the study pairs again, behind the queries: the copy task of the published "
          "scores",
          {.read_by = {"grids"}});
    visit("refine", self.refine,
          "steps that adjust an episode's rule vectors to its study pairs before it answers; 0: "
          "none",
          {.read_by = {"executor"}, .range = at_least(0)});
    visit("refine-lr", self.refine_lr, "learning rate of those steps",
          {.read_by = {"executor"}, .range = above(0)});
    visit("refine-pull", self.refine_pull, "weight that pulls the vectors back",
          {.read_by = {"executor"}, .range = at_least(0)});
    visit("limit", self.limit, "answer the first so many items alone, of which scores are; 0: all");
    visit(
        "shard", self.shard,
        "k/K: answer the k-th of K parts of the items alone, k from 0; merge and evaluate take the "
        "parts");
    visit("device", self.device, "what computes", device_notes());
    visit("threads", self.threads, "threads of the CPU; 0: all cores; never changes the result",
          threads_notes());
    visit("force", self.force, "replace predictions that are there");
  }
};

struct TraceOptions {
  std::string run;
  Names data;
  std::string out;
  std::string checkpoint = "last";
  int items = 300;
  std::uint64_t seed = 0;
  bool json = false;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("run", self.run, "folder of the run");
    visit("data", self.data,
          "a world or a split, whose test sets are traced, or data sets with commas between: "
          "DIR/test_id,DIR/test_ood");
    visit("out", self.out, "folder of tables and pictures");
    visit("checkpoint", self.checkpoint, "which one is traced",
          {.values = {"last",
                      {"best", "as the run's best-by chose it"},
                      {"all", "a timeline; --train.keep-checkpoints 0 keeps all"}},
           .or_else = "a step"});
    visit("items", self.items, "questions, or episodes, of each set", {.range = at_least(1)});
    visit("seed", self.seed, "names the random words that choose questions and exchanged tokens");
    visit("json", self.json, "the whole result as JSON instead of tables");
    visit("force", self.force, "replace a folder that is there");
  }
};

struct ConvertOptions {
  std::string run;
  std::string out;
  std::string checkpoint = "last";
  std::string vocabulary;
  std::string name;
  std::string library;
  std::string sections;
  std::string order;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("run", self.run, "folder of the run");
    visit("out", self.out, "folder of the converted run");
    visit("checkpoint", self.checkpoint, "which one is converted", checkpoint_notes());
    visit("vocabulary", self.vocabulary, "that of the converted run",
          {.values = {{"", "as it is"}, "full", "compact"}});
    visit("name", self.name, "the model of the converted run, with the same weights",
          {.values = {{"", "as it is"}, "reference", "shared"}});
    visit("library", self.library,
          "a data set, such as what the run was trained on: the distinct rules that the model "
          "infers from its first 200 episodes become its library, by which it then explains "
          "every study set");
    visit("sections", self.sections,
          "with --library: how the converted run knows which rules a study pair shows",
          {.values = {{"", "as the run"},
                      {"searched", "where the set does not say it, it finds that by its library"},
                      {"triggers", "whatever the set says, by what its queries have in common"}}});
    visit("order", self.order, "with --library: in which orders it answers",
          {.values = {{"", "as the run"}, "fixed", {"found", "the one that explains best"}}});
    visit("force", self.force, "replace a folder that is there");
  }
};

struct ParityOptions {
  std::string device = "cpu";
  bool json = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("device", self.device, "what computes", device_notes());
    visit("json", self.json, "one JSON object instead of text");
  }
};

}  // namespace recombine
