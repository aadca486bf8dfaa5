#include "models/executor/section_sorter.h"

#include <algorithm>

#include "data/error.h"
#include "models/executor/assignment.h"
#include "models/layers/rows.h"

namespace recombine {
namespace {

std::int64_t number_of(Roles section) {
  return std::ranges::find(kStudySections, section) - kStudySections.begin();
}

std::vector<std::int64_t> numbers_of(const std::vector<Roles>& sections) {
  std::vector<std::int64_t> numbers;
  for (const Roles section : sections) {
    numbers.push_back(number_of(section));
    require(numbers.back() < static_cast<std::int64_t>(kStudySections.size()),
            "--model.sections hidden: needs study pairs of one rule or two");
  }
  return numbers;
}

}  // namespace

SectionSorter::SectionSorter(const ModelConfig& config,
                             const GridShape& shape,
                             const WeightTable& weights)
    : patch_(shape.patch),
      read_(config),
      input_(weights, "sections.input", shape),
      output_(weights, "sections.output", shape),
      row_(weights.at("sections.row")),
      column_(weights.at("sections.column")),
      encode_pair_(weights, "sections.pair", config.encoder_blocks(), config.heads),
      encode_set_(weights, "sections.set", kComparingBlocks, config.heads),
      head_weight_(weights.at("sections.head.weight")),
      head_bias_(weights.at("sections.head.bias")) {}

torch::Tensor SectionSorter::scores(const torch::Tensor& study) const {
  const std::int64_t episodes = study.size(0);
  const auto tokens = [&](const GridEmbedding& embed, std::int64_t which) {
    const torch::Tensor given = given_soft_grids(study.select(2, which).flatten(0, 1), patch_);
    const torch::Tensor no_indicator = torch::zeros_like(given);
    return embed(read_(given.unsqueeze(0), no_indicator));
  };
  const torch::Tensor position =
      patch_positions(row_, column_, {.side = study.size(-1), .patch = patch_});
  const torch::Tensor pairs = encode_pair_(tokens(input_, 0) + tokens(output_, 1) + position);
  const torch::Tensor compared = encode_set_(pairs.mean(1).unflatten(0, {episodes, -1}));
  return at::log_softmax(at::linear(compared, head_weight_, head_bias_), -1);
}

torch::Tensor section_loss(const torch::Tensor& scores, const std::vector<Roles>& sections) {
  const torch::Tensor numbers = row_index(numbers_of(sections), scores.device());
  const torch::Tensor index = numbers.view({1, -1, 1}).expand({scores.size(0), -1, 1});
  return -scores.gather(2, index).mean();
}

torch::Tensor pairs_by_section(const torch::Tensor& scores, const std::vector<Roles>& sections) {
  const std::vector<std::int64_t> numbers = numbers_of(sections);
  const auto pairs = scores.size(1);
  // Row: one of `sections`, column: a pair.
  const torch::Tensor gain = scores.detach()
                                 .index_select(2, row_index(numbers, scores.device()))
                                 .transpose(1, 2)
                                 .to(torch::kCPU, torch::kFloat64)
                                 .contiguous();
  const torch::Tensor found = torch::empty({scores.size(0), pairs}, torch::kInt64);
  for (std::int64_t episode = 0; episode < scores.size(0); ++episode) {
    const std::span<const double> own(gain[episode].data_ptr<double>(),
                                      static_cast<std::size_t>(pairs * pairs));
    const std::vector<int> best = best_assignment(own, static_cast<int>(pairs));
    std::ranges::copy(best, found[episode].data_ptr<std::int64_t>());
  }
  return found.to(scores.device());
}

}  // namespace recombine
