#pragma once
// Lists of parameters in the words of layers.

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "models/weights/parameters.h"

namespace recombine {

/// Collects specs. Letters: docs/GLOSSARY.md.
struct ParameterCollector {
  std::vector<ParameterSpec>& specs;
  std::int64_t width;  ///< D

  void linear(
      const std::string& name, std::int64_t out, std::int64_t in, int parts = 1, float gain = 1) {
    specs.push_back({.name = name + ".weight",
                     .shape = {out, in},
                     .bound = fan_in_bound(in, gain),
                     .matrix_parts = parts});
    specs.push_back({.name = name + ".bias", .shape = {out}});
  }
  void norm(const std::string& name) {
    specs.push_back({.name = name + ".weight", .shape = {width}, .constant = 1});
    specs.push_back({.name = name + ".bias", .shape = {width}});
  }
  void normal(const std::string& name, std::vector<std::int64_t> shape, float deviation) {
    specs.push_back({.name = name, .shape = std::move(shape), .deviation = deviation});
  }
  /// What the blocks of Encoder and ModulatedBlock have in common: attention among tokens, and a
  /// feed-forward part of `hidden` units; one of `blocks` that stand one upon the other.
  void block(const std::string& name, std::int64_t hidden, int blocks) {
    const float out_gain = 1 / std::sqrt(2.0F * static_cast<float>(blocks));
    linear(name + ".qkv", 3 * width, width, 3);
    linear(name + ".out", width, width, 1, out_gain);
    linear(name + ".feed_in", hidden, width);
    linear(name + ".feed_out", width, hidden, 1, out_gain);
  }
  /// Blocks of an Encoder under `name`, and the norm after them.
  void encoder(const std::string& name, std::int64_t hidden, int blocks) {
    for (int i = 0; i < blocks; ++i) {
      const std::string each = name + "." + std::to_string(i);
      norm(each + ".attention_norm");
      norm(each + ".feed_norm");
      block(each, hidden, blocks);
    }
    norm(name + ".norm");
  }
};

}  // namespace recombine
