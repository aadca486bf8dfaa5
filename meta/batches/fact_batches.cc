#include "meta/batches/fact_batches.h"

#include <utility>

#include "meta/batches/epoch_order.h"

namespace recombine {
namespace {

class FactBatches : public BatchSource {
 public:
  FactBatches(FactTensors facts, std::uint64_t seed)
      : facts_(std::move(facts)), order_(seed, static_cast<std::uint64_t>(facts_.size())) {}

  Batch batch(const ItemRange& slice, const ItemRange& step) const override {
    const torch::Tensor rows = rows_of(slice);
    FactBatch items = facts_.batch(rows);
    torch::Tensor factor = torch::ones({}, torch::TensorOptions().device(rows.device()));
    if (slice != step) factor = asked(rows) / asked(rows_of(step));
    // On a GPU shapes must not change from step to step; on the CPU short batches are cheaper.
    if (rows.is_cpu()) {
      items.tokens = items.tokens.narrow(1, 0, items.length.max().item<std::int64_t>());
      items.answer = (items.length - items.prompt).max().item<std::int64_t>();
    }
    return {std::move(items), factor};
  }
  std::uint64_t epoch_items() const override { return order_.items(); }

 private:
  torch::Tensor rows_of(const ItemRange& range) const {
    return torch::tensor(order_.rows(range), torch::kInt64).to(facts_.tokens.device());
  }

  /// Asked tokens of the rows: a scalar.
  torch::Tensor asked(const torch::Tensor& rows) const {
    return (facts_.length.index_select(0, rows) - facts_.prompt.index_select(0, rows))
        .sum()
        .to(torch::kFloat);
  }

  FactTensors facts_;
  EpochOrder order_;
};

}  // namespace

std::unique_ptr<BatchSource> make_fact_batches(FactTensors facts, std::uint64_t seed) {
  return std::make_unique<FactBatches>(std::move(facts), seed);
}

}  // namespace recombine
