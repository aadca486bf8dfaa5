#include <cmath>

#include "data/grid.h"
#include "models/fast/fast.h"
#include "models/layers/patches.h"
#include "models/weights/parameter_collector.h"

namespace recombine {
namespace {

void add_table(ParameterCollector& to, const std::string& name, std::int64_t rows) {
  to.specs.push_back({.name = name, .shape = {rows, to.width}, .bound = 0.5F});
}

void add_self_attention(ParameterCollector& to, const std::string& name, float out_gain) {
  to.linear(name + ".qkv", 3 * to.width, to.width, 3);
  to.linear(name + ".out", to.width, to.width, 1, out_gain);
}

void add_feed_forward(ParameterCollector& to,
                      const std::string& name,
                      std::int64_t hidden,
                      float out_gain) {
  to.linear(name + ".in", hidden, to.width);
  to.linear(name + ".out", to.width, hidden, 1, out_gain);
}

}  // namespace

std::vector<ParameterSpec> fast_parameters(const ModelConfig& config, const TaskShape& shape) {
  std::vector<ParameterSpec> specs;
  ParameterCollector to{specs, config.width};
  const std::int64_t n = shape.side / config.patch;
  const std::int64_t cells = static_cast<std::int64_t>(config.patch) * config.patch;
  const std::int64_t distances = (2 * n - 1) * (2 * n - 1);
  const int blocks = config.encoder_blocks() + config.decoder_blocks();
  const float out_gain = 1.0F / std::sqrt(2.0F * static_cast<float>(blocks));
  const auto bias = [&](const std::string& name) {
    if (config.relative_bias) specs.push_back({.name = name, .shape = {config.heads, distances}});
  };
  for (const char* name : {"embed.input", "embed.output"}) {
    specs.push_back(
        {.name = name, .shape = {config.width, cells * kColours}, .bound = fan_in_bound(cells)});
  }
  add_table(to, "embed.mask", 1);
  add_table(to, "embed.row", n);
  add_table(to, "embed.column", n);
  add_table(to, "embed.pair", shape.study);
  for (int i = 0; i < config.encoder_blocks(); ++i) {
    const std::string name = cat("encoder.", i);
    to.norm(name + ".attention_norm");
    add_self_attention(to, name + ".attention", out_gain);
    to.norm(name + ".feed_norm");
    add_feed_forward(to, name + ".feed", config.feed_forward, out_gain);
    bias(name + ".distance");
  }
  to.norm("encoder.norm");
  to.linear("memory", 2 * to.width * config.decoder_blocks(), to.width,
            2 * config.decoder_blocks());
  for (int i = 0; i < config.decoder_blocks(); ++i) {
    const std::string name = cat("decoder.", i);
    to.norm(name + ".self_norm");
    add_self_attention(to, name + ".self", out_gain);
    to.norm(name + ".cross_norm");
    to.linear(name + ".cross_query", to.width, to.width);
    to.linear(name + ".cross_out", to.width, to.width, 1, out_gain);
    to.norm(name + ".feed_norm");
    add_feed_forward(to, name + ".feed", config.feed_forward, out_gain);
    bias(name + ".distance");
    bias(name + ".cross_distance");
  }
  to.norm("decoder.norm");
  to.linear("head", config.vocabulary == "compact" ? kCompactVocabulary : cells * kColours,
            to.width, 0);
  return in_storage_order(std::move(specs));
}

}  // namespace recombine
