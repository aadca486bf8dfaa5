#pragma once
// How a model is trained: the section [train] of a config. Without Torch.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "data/fields.h"
#include "data/usual_notes.h"
#include "meta/batch_source_names.h"
#include "models/optimisers/config.h"

namespace recombine {

struct TrainConfig {
  std::uint64_t steps = 4000;
  int epochs = 0;
  int batch = 16;
  int mean_over = 0;
  int micro_batch = 0;
  bool partial_batches = false;
  int workers = 1;
  std::string episodes = "auto";
  Names queries_mix = {"plain"};
  Names study_mix = {"all"};
  Names pad_to = {};
  bool colour_permutation = false;
  double noise = 0.0;
  std::string optimizer = "muon";
  double lr = 3e-3;
  double muon_lr = 0.02;
  double beta1 = OptimiserConfig{}.beta1;
  double beta2 = OptimiserConfig{}.beta2;
  double eps = OptimiserConfig{}.eps;
  double weight_decay = OptimiserConfig{}.weight_decay;
  bool decay_vectors = true;
  double clip = 1.0;
  std::string schedule = "linear";
  std::uint64_t warmup = 60;
  double warmup_part = 0;
  double final_lr = 0.05;
  std::uint64_t seed = 1860;
  std::string device = "cpu";
  std::string precision = "float32";
  std::uint64_t log_every = 20;
  std::uint64_t validate_every = 500;
  std::uint64_t checkpoint_every = 500;
  int keep_checkpoints = 2;
  int validate_items = 200;
  std::string best_by = "val_id";

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    batch_fields(self, visit);
    update_fields(self, visit);
    run_fields(self, visit);
  }

  /// What an update sees.
  template <class Self, class Visit>
  static void batch_fields(Self& self, Visit&& visit) {
    visit("steps", self.steps, "updates of the weights; 0: as many as the epochs have");
    visit("epochs", self.epochs,
          "how often each stored item is seen, where steps is 0; also what the chained schedule "
          "falls over",
          {.range = at_least(0)});
    visit("batch", self.batch, "episodes or items an update, over all workers",
          {.range = at_least(1)});
    visit("mean-over", self.mean_over,
          "items over which the loss is one mean: an update is the sum of such means, each divided "
          "by the means of a full batch; 0: the whole batch",
          {.range = at_least(0)});
    visit("micro-batch", self.micro_batch,
          "episodes or items a worker has in memory at a time; 0: its whole share of the batch",
          {.range = at_least(0)});
    visit("partial-batches", self.partial_batches,
          "the last batch of an epoch ends with it, smaller than the others; otherwise it reaches "
          "into the next epoch");
    visit("workers", self.workers, "data-parallel threads on the CPU; part of the result",
          {.range = between(1, 4096), .sought_as = {"threads"}});
    visit("episodes", self.episodes, "where the batches come from",
          {.values = {{"auto", "fresh with --data fresh, else stored"},
                      kBatchSources[0],
                      kBatchSources[1]},
           .was = {"learner"}});
    visit("queries-mix", self.queries_mix, "which queries a step asks",
          {.read_by = {"grids"},
           .values = {{"plain", "the episode's own"},
                      {"aux", "pairs of study sections that are not shown"},
                      {"copy", "study pairs that are shown"}}});
    visit("study-mix", self.study_mix,
          "what the study set of a step's episodes shows, drawn among these for each step",
          {.read_by = {"executor"},
           .values = {{"all", "all its pairs"},
                      {"no-primitives", "none of one rule"},
                      {"no-compositions", "none of two rules"},
                      {"three-shot", "three of the queries alone, which are not asked then"},
                      {"fewer", "as many of each section, from one on; how many is drawn"}}});
    visit("pad-to", self.pad_to,
          "sides that training grids are padded to by background, drawn among these for each step: "
          "10,14,20; empty: as they are",
          {.read_by = {"executor"}});
    visit("colour-permutation", self.colour_permutation,
          "recolour every training episode by a permutation of the nine colours",
          {.read_by = {"grids"}});
    visit("noise", self.noise, "probability that a cell of a plain query's target is drawn anew",
          {.read_by = {"grids"}, .range = between(0, 1)});
  }

  /// How the weights follow.
  template <class Self, class Visit>
  static void update_fields(Self& self, Visit&& visit) {
    visit("optimizer", self.optimizer, "what updates the weights",
          {.values = {{"adamw"}, {"muon", "Muon for hidden matrices, AdamW for the rest"}}});
    visit("lr", self.lr, "peak learning rate of AdamW", {.range = above(0)});
    visit("muon-lr", self.muon_lr, "peak learning rate of Muon", {.range = above(0)});
    visit("beta1", self.beta1, "decay of AdamW's mean gradient", {.range = from_to_below(0, 1)});
    visit("beta2", self.beta2, "decay of AdamW's mean squared gradient",
          {.range = from_to_below(0, 1)});
    visit("eps", self.eps, "added to the root of AdamW's mean squared gradient",
          {.range = above(0)});
    visit("weight-decay", self.weight_decay, "part of a weight that lr 1 would take away in a step",
          {.range = at_least(0)});
    visit("decay-vectors", self.decay_vectors, "weight decay on biases and gains of norms too");
    visit("clip", self.clip, "largest norm of the whole gradient; 0: no limit",
          {.range = at_least(0)});
    visit("schedule", self.schedule, "how the learning rate changes",
          {.values = {{"linear", "rises over the warm-up, then falls to final-lr"},
                      {"constant", "rises from 0 at the first step, then stays"},
                      {"chained", "a rise by the step times a fall by the epoch"}}});
    visit("warmup", self.warmup, "steps in which the learning rate rises");
    visit("warmup-part", self.warmup_part,
          "part of all steps in which the learning rate rises, instead of warmup; 0: as warmup "
          "says",
          {.range = between(0, 1)});
    visit("final-lr", self.final_lr, "part of the peak learning rate that the last step has",
          {.range = between(0, 1)});
  }

  /// What is computed where, and written down when.
  template <class Self, class Visit>
  static void run_fields(Self& self, Visit&& visit) {
    visit("seed", self.seed, "names weights, batch order, fresh episodes, augmentation and noise");
    visit("device", self.device, "what computes", device_notes());
    visit("precision", self.precision, "of the arithmetic", precision_notes());
    visit("log-every", self.log_every, "steps between two rows of metrics.jsonl",
          {.range = at_least(1)});
    visit("validate-every", self.validate_every,
          "steps between two validations; 0: at the end alone");
    visit("checkpoint-every", self.checkpoint_every,
          "steps between two checkpoints; a validation makes one too; 0: at validations alone");
    visit("keep-checkpoints", self.keep_checkpoints,
          "newest checkpoints that are kept, besides the best; 0: all, for timelines",
          {.range = at_least(0)});
    visit("validate-items", self.validate_items, "episodes or items of each validation set; 0: all",
          {.range = at_least(0)});
    visit("best-by", self.best_by, "validation set whose exact match chooses the best checkpoint",
          {.values = {"val_id", "val_ood"}});
  }

  friend bool operator==(const TrainConfig&, const TrainConfig&) = default;

  bool asks(std::string_view kind) const {
    return std::find(queries_mix.begin(), queries_mix.end(), kind) != queries_mix.end();
  }

  /// Throws InputError, naming the option at fault.
  void validate() const {
    check_fields(*this);
    validate_queries();
    require_once("--study-mix", study_mix);
    require(!study_mix.empty(), "--study-mix: name at least one; all is the usual one");
    require(steps >= 1 || epochs >= 1, "--steps ", steps, ": must be at least 1, or --epochs");
    require(schedule != "chained" || epochs >= 1, "--schedule chained: needs --epochs");
    require(mean_over == 0 || batch % mean_over == 0, "--mean-over ", mean_over,
            ": must divide --batch ", batch);
    require(workers <= batch, "--workers ", workers, ": must be at most --batch ", batch);
    require(device != "cpu" || precision == "float32", "--precision ", precision,
            ": needs --device cuda; the CPU computes in float32");
    require(device != "cuda" || workers == 1, "--workers ", workers,
            ": must be 1 with --device cuda; workers are threads of the CPU");
  }

 private:
  static void require_once(const char* option, const Names& names) {
    for (const std::string& name : names) {
      require(std::count(names.begin(), names.end(), name) == 1, option, " ", name,
              ": named twice");
    }
  }
  void validate_queries() const {
    require(!queries_mix.empty(), "--queries-mix: name at least one of plain, aux, copy");
    require_once("--queries-mix", queries_mix);
  }
};

}  // namespace recombine
