#include "models/layers/encoder.h"

#include "data/error.h"

namespace recombine {

Encoder::Encoder(const WeightTable& weights,
                 const std::string& name,
                 int blocks,
                 std::int64_t heads)
    : heads_(heads) {
  const auto at = [&](const std::string& part) { return weights.at(cat(name, ".", part)); };
  const auto norm = [&](const std::string& part) {
    return Norm{.weight = at(part + ".weight"), .bias = at(part + ".bias")};
  };
  for (int i = 0; i < blocks; ++i) {
    const std::string block = std::to_string(i);
    blocks_.push_back({.attention_norm = norm(block + ".attention_norm"),
                       .attention = {.qkv_weight = at(block + ".qkv.weight"),
                                     .qkv_bias = at(block + ".qkv.bias"),
                                     .out_weight = at(block + ".out.weight"),
                                     .out_bias = at(block + ".out.bias")},
                       .feed_norm = norm(block + ".feed_norm"),
                       .feed = {.in_weight = at(block + ".feed_in.weight"),
                                .in_bias = at(block + ".feed_in.bias"),
                                .out_weight = at(block + ".feed_out.weight"),
                                .out_bias = at(block + ".feed_out.bias")}});
  }
  norm_ = norm("norm");
}

torch::Tensor Encoder::operator()(torch::Tensor x) const {
  for (const Block& block : blocks_) {
    x = x + block.attention(block.attention_norm(x), heads_, {});
    x = x + block.feed(block.feed_norm(x));
  }
  return norm_(x);
}

}  // namespace recombine
