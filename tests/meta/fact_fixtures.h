#pragma once
// A small world of facts, and decoders small enough for it.

#include <memory>

#include "data/fact_vocabulary.h"
#include "models/gpt/gpt.h"
#include "tests/models/encoder_decoder/large_weights.h"

namespace recombine {

/// Twelve entities, four relations.
inline const FactVocabulary kWorld{"composition", 12, 4, 0};

inline ModelConfig small_gpt(int layers = 2) {
  ModelConfig config;
  config.name = "gpt";
  config.width = 16;
  config.heads = 2;
  config.feed_forward = 32;
  config.layers = layers;
  return config;
}

inline TaskShape small_world_task(int length = 6) {
  return {.tokens = kWorld.size(), .length = length};
}

/// A decoder of large random weights, gains and biases among them: every state matters, and every
/// norm.
inline std::shared_ptr<GptModel> random_gpt(const TaskShape& task) {
  auto model = std::make_shared<GptModel>(small_gpt(), task, 3);
  enlarge(*model, 15);
  at::Generator generator = at::detail::createCPUGenerator(4);
  const torch::NoGradGuard guard;
  for (const Weight& weight : model->weights()) {
    torch::Tensor tensor = weight.tensor;
    if (tensor.dim() != 1) continue;
    tensor.add_(torch::empty_like(tensor).uniform_(-0.3, 0.3, generator));
  }
  model->eval();
  return model;
}

}  // namespace recombine
