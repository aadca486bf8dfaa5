#pragma once
// A small world of facts, and decoders small enough for it.

#include "data/fact_vocabulary.h"
#include "models/model.h"

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

}  // namespace recombine
