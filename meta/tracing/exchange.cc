#include "meta/tracing/exchange.h"

namespace recombine {
namespace {

/// The residual states of every layer: [B, T, D] each.
std::vector<torch::Tensor> all_states(ResidualModel& model, const torch::Tensor& tokens) {
  std::vector<torch::Tensor> states;
  model.states(tokens, [&](int, const torch::Tensor& x) {
    states.push_back(x);
    return x;
  });
  return states;
}

}  // namespace

ChangedTokens change_tokens(
    const torch::Tensor& tokens,
    int position,
    std::uint64_t seed,
    const std::function<std::optional<Token>(std::size_t, CounterRandom&)>& other) {
  ChangedTokens changed{tokens.clone(), torch::zeros({tokens.size(0)}, torch::kBool)};
  for (std::int64_t row = 0; row < tokens.size(0); ++row) {
    const auto item = static_cast<std::size_t>(row);
    CounterRandom random(seed, item, Stream::kTrace, static_cast<std::uint32_t>(position));
    const std::optional<Token> token = other(item, random);
    if (!token) continue;
    changed.tokens[row][position] = static_cast<std::int64_t>(*token);
    changed.kept[row] = true;
  }
  return changed;
}

torch::Tensor patched_answer(ResidualModel& model,
                             int layer,
                             const std::vector<torch::Tensor>& normal,
                             const torch::Tensor& other,
                             const std::vector<int>& positions,
                             int target) {
  const torch::InferenceMode no_gradients;
  torch::Tensor patched = normal[static_cast<std::size_t>(layer)].clone();
  for (const int position : positions) patched.select(1, position).copy_(other.select(1, position));
  const torch::Tensor last = model.run_from(layer, patched, layer == 0 ? patched : normal[0]);
  const torch::Tensor logits = model.read_out(last.select(1, target));
  return logits.narrow(1, model.first_row(), model.shape().tokens).argmax(1);
}

std::vector<CausalRow> exchange_states(ResidualModel& model,
                                       const torch::Tensor& tokens,
                                       const std::vector<Exchange>& exchanges,
                                       const std::vector<Target>& targets) {
  const torch::InferenceMode no_gradients;
  const torch::Device device = model.weights().front().tensor.device();
  const std::vector<torch::Tensor> normal = all_states(model, tokens.to(device));
  std::vector<CausalRow> rows;
  for (const Exchange& exchange : exchanges) {
    const std::vector<torch::Tensor> other = all_states(model, exchange.changed.tokens.to(device));
    for (const Target& target : targets) {
      const torch::Tensor truth = target.truth.to(device);
      const auto answer = [&](int layer, const torch::Tensor& from) {
        return patched_answer(model, layer, normal, from, exchange.positions, target.position);
      };
      const torch::Tensor counted =
          exchange.changed.kept.to(device).logical_and(answer(0, normal[0]) == truth);
      const auto count = counted.sum().item<std::int64_t>();
      for (int layer = 0; layer < model.layers(); ++layer) {
        const torch::Tensor altered =
            counted.logical_and(answer(layer, other[static_cast<std::size_t>(layer)]) != truth);
        rows.push_back(
            {exchange.token, target.name, layer, static_cast<std::uint64_t>(count),
             count == 0 ? 0.0 : altered.sum().item<double>() / static_cast<double>(count)});
      }
    }
  }
  return rows;
}

}  // namespace recombine
