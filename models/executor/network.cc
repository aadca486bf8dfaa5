// The two networks of the executor: what infers a rule, and what runs it.

#include "data/grid.h"
#include "models/executor/evidence_attention.h"
#include "models/executor/executor.h"
#include "models/executor/modulated_block.h"
#include "models/executor/pointer.h"
#include "models/layers/attention.h"
#include "models/layers/encoder.h"
#include "models/layers/rows.h"

namespace recombine {

torch::Tensor ExecutorModel::board_states(const torch::Tensor& boards,
                                          const BoardReading& seen,
                                          const BoardScene& scene) const {
  return board_tokens().tokens("boards", seen).unflatten(0, {boards.size(0), -1}) + scene.boards;
}

torch::Tensor ExecutorModel::first_states(const torch::Tensor& boards,
                                          const BoardScene& scene) const {
  if (has_boards()) return boards;
  return board_states(boards, board_tokens().read(boards, scene), scene);
}

torch::Tensor ExecutorModel::blocks(const torch::Tensor& states, const InferredRule& rule) const {
  torch::Tensor x = states.flatten(0, 1);
  const torch::Tensor by =
      has_vectors() ? rule.vectors.expand({states.size(0), states.size(1), -1}).flatten(0, 1)
                    : torch::Tensor{};
  for (int i = 0; i < config().decoder_blocks(); ++i) {
    const std::string name = cat("execute.", i);
    const ModulatedBlock block{at(name + ".qkv.weight"),      at(name + ".qkv.bias"),
                               at(name + ".out.weight"),      at(name + ".out.bias"),
                               at(name + ".feed_in.weight"),  at(name + ".feed_in.bias"),
                               at(name + ".feed_out.weight"), at(name + ".feed_out.bias")};
    if (has_vectors()) {
      const Modulation set =
          modulation(by, at(name + ".modulation.weight"), at(name + ".modulation.bias"));
      x = block(x, set, config().heads);
      continue;
    }
    const EvidenceAttention look{{at(name + ".look_norm.weight"), at(name + ".look_norm.bias")},
                                 at(name + ".look.weight"),
                                 at(name + ".look.bias"),
                                 at(name + ".memory.weight"),
                                 at(name + ".memory.bias"),
                                 at(name + ".seen.weight"),
                                 at(name + ".seen.bias")};
    const torch::Tensor looked = look(x.view(states.sizes()), rule, config().heads);
    x = block(x + looked.flatten(0, 1), {}, config().heads);
  }
  return x;
}

Pointing ExecutorModel::pointing_of(const torch::Tensor& x,
                                    const torch::Tensor& boards,
                                    const BoardReading& seen) const {
  const auto keys = [&](const std::string& axis, std::int64_t first) {
    const torch::Tensor fixed = at("pointer." + axis).unsqueeze(0);  // [1, G, K]
    if (!config().bounding_box) return fixed.expand({x.size(0), -1, -1});
    return fixed + seen_from_edges(seen.frames.narrow(1, first, 2), at("pointer.frame_" + axis), 1);
  };
  return pointing(head(x).view({x.size(0), -1, pointer_numbers(config().pointer_width)}),
                  boards.flatten(0, 1), {keys("rows", 0), keys("columns", 2)},
                  {at("pointer.bias_rows"), at("pointer.bias_columns")}, board_);
}

torch::Tensor ExecutorModel::head(const torch::Tensor& x) const {
  const Norm norm{at("execute.norm.weight"), at("execute.norm.bias")};
  return at::linear(norm(x), at("head.weight"), at("head.bias"));
}

torch::Tensor ExecutorModel::read_out(const torch::Tensor& x,
                                      const torch::Tensor& boards,
                                      const BoardReading& seen) const {
  const torch::Tensor next = config().pointers
                                 ? pointed(pointing_of(x, boards, seen))
                                 : head(x).view({x.size(0), -1, kColours}).softmax(-1);
  return next.view(boards.sizes());
}

torch::Tensor ExecutorModel::execute(const torch::Tensor& boards,
                                     const InferredRule& rule,
                                     const BoardScene& scene) const {
  const BoardReading seen = board_tokens().read(boards, scene);
  return read_out(blocks(board_states(boards, seen, scene), rule), boards, seen);
}

torch::Tensor ExecutorModel::copied_cells(const torch::Tensor& boards,
                                          const InferredRule& rule,
                                          const BoardScene& scene) const {
  const BoardReading seen = board_tokens().read(boards, scene);
  const torch::Tensor x = blocks(board_states(boards, seen, scene), rule);
  return recombine::copied_cells(pointing_of(x, boards, seen))
      .view({boards.size(0), boards.size(1), -1});
}

torch::Tensor ExecutorModel::after_rule(const torch::Tensor& states,
                                        const InferredRule& rule,
                                        const BoardScene& scene) const {
  if (has_boards()) return execute(states, rule, scene);
  return blocks(states, rule).view(states.sizes());
}

torch::Tensor ExecutorModel::pair_tokens(const torch::Tensor& inputs,
                                         const torch::Tensor& outputs,
                                         const BoardScene& scene) const {
  const std::int64_t pairs = inputs.size(0);
  const BoardTokens reader = board_tokens();
  const torch::Tensor input = has_boards()
                                  ? reader.tokens("pairs.input", reader.read(inputs, scene))
                                  : at::linear(inputs.flatten(0, 1), at("pairs.state"));
  const torch::Tensor tokens = input + reader.tokens("pairs.output", reader.read(outputs, scene));
  const torch::Tensor x = (tokens.unflatten(0, {pairs, -1}) + scene.pairs).flatten(0, 1);
  return encode(table(), "infer", config().encoder_blocks(), config().heads, x)
      .unflatten(0, {pairs, -1});
}

RuleForItems ExecutorModel::rule_of(const torch::Tensor& pairs,
                                    std::size_t turn,
                                    const LeftOut& left) const {
  if (has_vectors()) {
    const torch::Tensor vectors = rule_vectors(pairs.mean(2), turn, left.pairs);
    const torch::Tensor each =
        left.pairs.empty() ? vectors
                           : vectors.index_select(0, row_index(left.rows, vectors.device()));
    return {{vectors.narrow(0, 0, 1), {}, {}}, {each, {}, {}}};
  }
  const torch::Tensor tokens = pairs.permute({1, 0, 2, 3}).flatten(1, 2) +
                               at("rule.role").select(0, static_cast<std::int64_t>(turn));
  InferredRule each{{}, tokens, {}};
  if (!left.pairs.empty()) {
    const torch::Tensor own = row_index(left.missed(), tokens.device()).unsqueeze(1);  // [K, 1]
    each.unseen = own.eq(at::arange(pairs.size(0), own.options()));
  }
  return {{{}, tokens, {}}, each};
}

torch::Tensor ExecutorModel::rule_vectors(const torch::Tensor& pairs,
                                          std::size_t turn,
                                          const std::vector<std::int64_t>& left_out) const {
  const auto count = static_cast<double>(pairs.size(0));
  const torch::Tensor sum = pairs.sum(0);  // [B, D]
  std::vector<torch::Tensor> means{sum / count};
  for (const std::int64_t pair : left_out)
    means.push_back((sum - pairs.select(0, pair)) / (count - 1));
  const torch::Tensor seen =
      at::stack(means) + at("rule.role").select(0, static_cast<std::int64_t>(turn));
  const torch::Tensor hidden =
      at::gelu(at::linear(seen, at("rule.in.weight"), at("rule.in.bias")), "tanh");
  return Norm{at("rule.norm.weight"),
              at("rule.norm.bias")}(at::linear(hidden, at("rule.out.weight"), at("rule.out.bias")));
}

}  // namespace recombine
