#include "meta/tracing/lens.h"

namespace recombine {
namespace {

LensRow row_of(const torch::Tensor& rank) {
  const torch::Tensor as_double = rank.to(torch::kDouble);
  LensRow row;
  row.mean_rank = as_double.mean().item<double>();
  row.mrr = (1 / (as_double + 1)).mean().item<double>();
  row.top = (rank == 0).to(torch::kDouble).mean().item<double>();
  return row;
}

}  // namespace

torch::Tensor ranks(const torch::Tensor& logits, const torch::Tensor& target) {
  return (logits > logits.gather(1, target.unsqueeze(1))).sum(1);
}

std::vector<LensRow> logit_lens(ResidualModel& model,
                                const torch::Tensor& tokens,
                                const std::vector<LensTarget>& targets) {
  const torch::InferenceMode no_gradients;
  const torch::Device device = model.weights().front().tensor.device();
  std::vector<LensRow> rows;
  model.states(tokens.to(device), [&](int layer, const torch::Tensor& x) {
    for (std::int64_t position = 0; position < x.size(1); ++position) {
      const torch::Tensor logits = model.read_out(x.select(1, position));  // [B, V]
      for (const auto& [name, truth] : targets) {
        LensRow row = row_of(ranks(logits, (truth + model.first_row()).to(device)));
        row.target = name;
        row.position = static_cast<int>(position);
        row.layer = layer;
        rows.push_back(row);
      }
    }
    return x;
  });
  return rows;
}

std::vector<LensRow> logit_lens(ResidualModel& model, const TracedItems& items) {
  return logit_lens(model, items.tokens(),
                    {{"b", items.column(&TracedItem::bridge)},
                     {"r2", items.column(&TracedItem::second)},
                     {"t", items.column(&TracedItem::tail)}});
}

}  // namespace recombine
