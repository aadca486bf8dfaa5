#include "models/executor/section_sorter.h"

#include <algorithm>

#include "models/executor/assignment.h"
#include "models/executor/grid_tokens.h"
#include "models/layers/encoder.h"
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

torch::Tensor SectionSorter::scores(const torch::Tensor& study) const {
  const std::int64_t episodes = study.size(0);
  const BoardTokens boards(config_, shape_, weights_);
  const auto tokens = [&](const char* name, std::int64_t which) {
    const torch::Tensor given = given_boards(study.select(2, which).flatten(0, 1), shape_);
    const BoardScene nothing{torch::zeros_like(given), {}, {}};
    return boards.tokens(name, boards.read(given.unsqueeze(0), nothing));
  };
  const torch::Tensor place =
      (weights_.at("sections.row").unsqueeze(1) + weights_.at("sections.column").unsqueeze(0))
          .flatten(0, 1);
  const torch::Tensor pairs =
      encode(weights_, "sections.pair", config_.encoder_blocks(), config_.heads,
             tokens("sections.input", 0) + tokens("sections.output", 1) + place);
  const torch::Tensor compared = encode(weights_, "sections.set", kComparingBlocks, config_.heads,
                                        pairs.mean(1).unflatten(0, {episodes, -1}));
  return at::log_softmax(
      at::linear(compared, weights_.at("sections.head.weight"), weights_.at("sections.head.bias")),
      -1);
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
