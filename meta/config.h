#pragma once
// How a model is trained: the section [train] of a config. Without Torch.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "data/fields.h"
#include "data/text.h"
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
  std::string learner = "auto";
  Names queries_mix = {"plain"};
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
    visit("steps", self.steps, "updates of the weights; 0: as many as the epochs have");
    visit("epochs", self.epochs,
          "stored items: how often each is seen, where steps is 0; also what the chained schedule "
          "falls over");
    visit("batch", self.batch, "episodes or items an update, over all workers");
    visit("mean-over", self.mean_over,
          "items over which the loss is one mean: an update is the sum of such means, each divided "
          "by the means of a full batch; 0: the whole batch");
    visit("micro-batch", self.micro_batch,
          "episodes or items a worker has in memory at a time; 0: its whole share of the batch");
    visit("partial-batches", self.partial_batches,
          "the last batch of an epoch ends with it, smaller than the others; otherwise it reaches "
          "into the next epoch");
    visit("workers", self.workers, "data-parallel threads on the CPU; part of the result");
    visit("learner", self.learner,
          "stored, fresh (list learners) or auto: fresh with --data fresh, else stored");
    visit("queries-mix", self.queries_mix, "grids: which queries a step asks: plain, aux, copy");
    visit("colour-permutation", self.colour_permutation,
          "grids: recolour every training episode by a permutation of the nine colours");
    visit("noise", self.noise,
          "grids: probability that a cell of a plain query's target is drawn anew");
    visit("optimizer", self.optimizer,
          "adamw, or muon: Muon for hidden matrices, AdamW for the rest");
    visit("lr", self.lr, "peak learning rate of AdamW");
    visit("muon-lr", self.muon_lr, "peak learning rate of Muon");
    visit("beta1", self.beta1, "AdamW: decay of the mean gradient");
    visit("beta2", self.beta2, "AdamW: decay of the mean squared gradient");
    visit("eps", self.eps, "AdamW: added to the root of the mean squared gradient");
    visit("weight-decay", self.weight_decay,
          "part of a weight that lr 1 would take away in a step");
    visit("decay-vectors", self.decay_vectors, "weight decay on biases and gains of norms too");
    visit("clip", self.clip, "largest norm of the whole gradient; 0: no limit");
    visit("schedule", self.schedule,
          "linear: rises over the warm-up, then falls to final-lr; constant: rises from 0 at the "
          "first step, then stays; chained: a rise by the step times a fall by the epoch");
    visit("warmup", self.warmup, "steps in which the learning rate rises");
    visit("warmup-part", self.warmup_part,
          "part of all steps in which the learning rate rises, instead of warmup; 0: as warmup "
          "says");
    visit("final-lr", self.final_lr, "part of the peak learning rate that the last step has");
    visit("seed", self.seed, "names weights, batch order, fresh episodes, augmentation and noise");
    visit("device", self.device, "cpu, cuda or auto: a GPU where one works");
    visit("precision", self.precision, "float32; on a GPU also tf32 or bf16");
    visit("log-every", self.log_every, "steps between two rows of metrics.jsonl");
    visit("validate-every", self.validate_every,
          "steps between two validations; 0: at the end alone");
    visit("checkpoint-every", self.checkpoint_every,
          "steps between two checkpoints; a validation makes one too; 0: at validations alone");
    visit("keep-checkpoints", self.keep_checkpoints,
          "newest checkpoints that are kept, besides the best; 0: all, for timelines");
    visit("validate-items", self.validate_items,
          "episodes or items of each validation set; 0: all");
    visit("best-by", self.best_by,
          "validation set whose exact match chooses `best`: val_id or val_ood");
  }

  friend bool operator==(const TrainConfig&, const TrainConfig&) = default;

  bool asks(std::string_view kind) const {
    return std::find(queries_mix.begin(), queries_mix.end(), kind) != queries_mix.end();
  }

  /// Throws InputError, naming the option at fault.
  void validate() const {
    validate_names();
    require(epochs >= 0, "--epochs ", epochs, ": must be at least 0");
    require(steps >= 1 || epochs >= 1, "--steps ", steps, ": must be at least 1, or --epochs");
    require(schedule != "chained" || epochs >= 1, "--schedule chained: needs --epochs");
    require(batch >= 1, "--batch ", batch, ": must be at least 1");
    require(mean_over >= 0 && (mean_over == 0 || batch % mean_over == 0), "--mean-over ", mean_over,
            ": must divide --batch ", batch);
    require(micro_batch >= 0, "--micro-batch ", micro_batch, ": must be at least 0");
    require(workers >= 1 && workers <= 256, "--workers ", workers, ": must be 1..256");
    require(workers <= batch, "--workers ", workers, ": must be at most --batch ", batch);
    require(keep_checkpoints >= 0, "--keep-checkpoints ", keep_checkpoints, ": must be at least 0");
    require(validate_items >= 0, "--validate-items ", validate_items, ": must be at least 0");
    require(log_every >= 1, "--log-every ", log_every, ": must be at least 1");
    require(noise >= 0 && noise <= 1, "--noise ", noise, ": must be 0..1");
    require(warmup_part >= 0 && warmup_part <= 1, "--warmup-part ", warmup_part, ": must be 0..1");
    require(final_lr >= 0 && final_lr <= 1, "--final-lr ", final_lr, ": must be 0..1");
    require(lr > 0 && muon_lr > 0 && std::isfinite(lr) && std::isfinite(muon_lr),
            "--lr and --muon-lr must be finite numbers above 0; they are ", lr, " and ", muon_lr);
    require(beta1 >= 0 && beta1 < 1, "--beta1 ", beta1, ": must be in [0, 1)");
    require(beta2 >= 0 && beta2 < 1, "--beta2 ", beta2, ": must be in [0, 1)");
    require(eps > 0 && std::isfinite(eps), "--eps ", eps, ": must be a finite number above 0");
    require(weight_decay >= 0 && std::isfinite(weight_decay), "--weight-decay ", weight_decay,
            ": must be a finite number, at least 0");
    require(clip >= 0 && std::isfinite(clip), "--clip ", clip,
            ": must be a finite number, at least 0; 0: no limit");
  }

 private:
  void validate_names() const {
    require_name("learner", learner, {"auto", "stored", "fresh"});
    require_name("optimizer", optimizer, {"adamw", "muon"});
    require_name("device", device, {"cpu", "cuda", "auto"});
    require_name("schedule", schedule, {"linear", "constant", "chained"});
    require_name("precision", precision, {"float32", "tf32", "bf16"});
    require_name("best-by", best_by, {"val_id", "val_ood"});
    require(!queries_mix.empty(), "--queries-mix: name at least one of plain, aux, copy");
    for (const std::string& kind : queries_mix) {
      require_name("queries-mix", kind, {"plain", "aux", "copy"});
      require(std::count(queries_mix.begin(), queries_mix.end(), kind) == 1, "--queries-mix ", kind,
              ": named twice");
    }
    require(device != "cpu" || precision == "float32", "--precision ", precision,
            ": needs --device cuda; the CPU computes in float32");
    require(device != "cuda" || workers == 1, "--workers ", workers,
            ": must be 1 with --device cuda; workers are threads of the CPU");
  }

  static void require_name(std::string_view option, const std::string& value, const Names& known) {
    if (std::find(known.begin(), known.end(), value) != known.end()) return;
    throw InputError(cat("--", option, " '", value, "': did you mean ", nearest_name(value, known),
                         "? Known: ", join_text(known, ", ")));
  }
};

}  // namespace recombine
