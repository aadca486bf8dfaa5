#include "models/entry.h"

#include "models/fast/fast.h"
#include "models/layers/patch_loss.h"
#include "models/layers/patches.h"

namespace recombine {
namespace {

LossWeight fast_loss_weight(const ModelConfig& config, int /*side*/) {
  return [head = fast_head(config), patch = config.patch](const torch::Tensor& outputs) {
    return patch_weights(head, to_patches(outputs, patch)).sum();
  };
}

std::vector<BenchCase> fast_bench() {
  const ModelConfig config;
  return {{.name = "fast", .config = config, .together = 2},
          {.name = "fast-as-configured", .config = config, .together = 2, .aux = true}};
}

}  // namespace

const ModelEntry fast_model{.make = make_of<FastModel>,
                            .loss_weight = fast_loss_weight,
                            .training_flops = fast_training_flops,
                            .bench = fast_bench};

}  // namespace recombine
