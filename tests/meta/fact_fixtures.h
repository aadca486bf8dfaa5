#pragma once
// A small world of facts, and decoders small enough for it.

#include <memory>

#include "data/fact_vocabulary.h"
#include "models/gpt.h"
#include "tests/models/large_weights.h"

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

/// A decoder of large random weights: every state matters.
inline std::shared_ptr<GptModel> random_gpt(const TaskShape& task) {
  auto model = std::make_shared<GptModel>(small_gpt(), task, 3);
  enlarge(*model, 15);
  model->eval();
  return model;
}

}  // namespace recombine
