#include "models/entry.h"

#include "models/layers/patch_loss.h"
#include "models/layers/patches.h"
#include "models/looped/looped.h"

namespace recombine {
namespace {

LossWeight looped_loss_weight(const ModelConfig& config, int /*side*/) {
  return [config](const torch::Tensor& outputs) {
    const PatchHead head{.compact = false, .zero_patch_weight = config.zero_patch_weight};
    return patch_weights(head, to_patches(outputs, config.patch)).sum();
  };
}

std::vector<BenchCase> looped_bench() {
  ModelConfig config;
  config.name = "looped";
  config.width = 64;
  config.feed_forward = 256;
  config.layers = 2;
  return {{.name = "looped", .config = config, .together = 4, .aux = true}};
}

}  // namespace

const ModelEntry looped_model{.make = make_of<LoopedModel>,
                              .loss_weight = looped_loss_weight,
                              .training_flops = looped_training_flops,
                              .bench = looped_bench};

}  // namespace recombine
