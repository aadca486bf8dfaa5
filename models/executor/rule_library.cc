#include "models/executor/rule_library.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>

#include "data/error.h"
#include "models/layers/rows.h"

namespace recombine {
namespace {

using torch::Tensor;

/// Grids that vectors are compared by.
constexpr std::int64_t kProbes = 32;
/// Of the probes, how many two vectors of one rule make the same of, at least.
constexpr double kAlike = 0.7;
/// A rule that fewer of the vectors show is not kept.
constexpr double kLeastShare = 0.005;

/// Vectors of the rules that some pair shows alone, [V, D].
Tensor shown_vectors(const ExecutorModel& model, const std::vector<GridBatch>& episodes) {
  std::vector<Tensor> all;
  for (const GridBatch& batch : episodes) {
    for (const InferredUnit& unit : model.infer(batch)) {
      const bool alone = std::has_single_bit(unit.unit) &&
                         std::ranges::find(batch.study_roles, unit.unit) != batch.study_roles.end();
      if (alone && unit.rule.defined()) all.push_back(unit.rule.vectors[0]);
    }
  }
  require_data(!all.empty(), "--library: no study pair of these episodes shows a rule alone");
  return at::cat(all);
}

/// Inputs of study pairs, one of each episode, and the episodes' indicators.
struct Probes {
  Tensor boards;  ///< [1, M, G, 10 P]
  EpisodeIndicator indicator;
};

Probes probes_of(const ExecutorModel& model, const std::vector<GridBatch>& episodes) {
  std::vector<Tensor> chosen;
  std::vector<Tensor> cells;
  std::vector<Tensor> pairs;
  std::vector<Tensor> grids;
  const std::int64_t side = episodes.front().study.size(-1);
  for (const GridBatch& batch : episodes) {
    if (batch.study.size(-1) != side) continue;
    const EpisodeIndicator indicator = model.indicator_of(batch);
    const Tensor inputs = model.soft_grids_of(batch.study.select(2, 0));  // [S, B, G, 10 P]
    for (std::int64_t episode = 0; episode < inputs.size(1); ++episode) {
      const auto number = static_cast<std::int64_t>(chosen.size());
      if (number == kProbes) break;
      chosen.push_back(inputs.select(1, episode)[number % inputs.size(0)]);
      cells.push_back(indicator.cells[episode]);
      pairs.push_back(indicator.pairs[episode]);
      grids.push_back(indicator.grids[episode]);
    }
  }
  return {.boards = at::stack(chosen).unsqueeze(0),
          .indicator = {
              .cells = at::stack(cells), .pairs = at::stack(pairs), .grids = at::stack(grids)}};
}

/// What vectors [V, D] make of the probes: [V, M], equal numbers for equal grids.
Tensor behaviour(const ExecutorModel& model, const Tensor& vectors, const Probes& probes) {
  std::vector<Tensor> all;
  const std::int64_t count = probes.boards.size(1);
  for (std::int64_t i = 0; i < vectors.size(0); ++i) {
    const Tensor made = model.execution().execute(
        probes.boards,
        {.vectors = vectors[i].view({1, 1, -1}).expand({1, count, -1}), .tokens = {}, .unseen = {}},
        probes.indicator);
    const Tensor grids =
        model.most_probable(made.transpose(0, 1).flatten(0, 1).unsqueeze(0)).grids;  // one episode
    all.push_back(grids.view({count, -1}));
  }
  const Tensor grids = at::stack(all).to(torch::kInt64);  // [V, M, N^2]
  // A sum of colours times fixed odd numbers: of two that differ it is hardly ever the same.
  const Tensor factors =
      at::arange(grids.size(2), grids.options()).mul(0x9E3779B97F4A7C15).bitwise_or(1);
  return (grids * factors).sum(-1);
}

/// numbers [V, M] and [W, M] -> the share of probes that are the same, [V, W].
Tensor alikeness(const Tensor& a, const Tensor& b) {
  Tensor same = torch::zeros({a.size(0), b.size(0)}, a.options().dtype(torch::kFloat));
  for (std::int64_t probe = 0; probe < a.size(1); ++probe)
    same += a.select(1, probe).unsqueeze(1).eq(b.select(1, probe).unsqueeze(0));
  return same / static_cast<double>(a.size(1));
}

}  // namespace

Tensor rule_library(const ExecutorModel& model, const std::vector<GridBatch>& episodes) {
  require(model.has_vectors(), "--library: the model's rules are not vectors");
  require(model.has_grids_between(), "--library: the model has no grids between the rules");
  require(!episodes.empty(), "--library: no episodes");
  const torch::NoGradGuard guard;
  const Tensor vectors = shown_vectors(model, episodes);
  const Probes probes = probes_of(model, episodes);
  const Tensor does = behaviour(model, vectors, probes);
  const Tensor alike = alikeness(does, does).ge(kAlike);
  const double least = std::max(2.0, kLeastShare * static_cast<double>(vectors.size(0)));
  Tensor left = at::ones({vectors.size(0)}, alike.options());
  std::vector<Tensor> kept;
  std::vector<Tensor> kept_does;
  while (true) {
    const Tensor near = alike.logical_and(left.unsqueeze(0)).logical_and(left.unsqueeze(1));
    const Tensor counts = near.sum(1);
    const auto centre = counts.argmax().item<std::int64_t>();
    if (counts[centre].item<double>() < least) break;
    const Tensor members = near[centre].nonzero().squeeze(1);
    const Tensor mean = vectors.index_select(0, members).mean(0, true);
    const Tensor mean_does = behaviour(model, mean, probes);
    const bool is_new =
        kept.empty() || alikeness(mean_does, at::cat(kept_does)).max().item<double>() < kAlike;
    if (is_new) {
      kept.push_back(mean);
      kept_does.push_back(mean_does);
    }
    left.index_fill_(0, members, false);
  }
  require_data(!kept.empty(),
               "--library: no two episodes show the same rule; the model is not trained, "
               "or more episodes are needed");
  return at::cat(kept);
}

std::shared_ptr<ExecutorModel> with_library(const ExecutorModel& model,
                                            const std::vector<GridBatch>& episodes,
                                            const ModelConfig& answers) {
  const Tensor library = rule_library(model, episodes);
  ModelConfig config = answers;
  config.library = static_cast<int>(library.size(0));
  config.validate();
  auto made = std::make_shared<ExecutorModel>(config, model.shape(), 0);
  const torch::NoGradGuard guard;
  for (const Weight& weight : made->weights()) {
    Tensor to = weight.tensor;
    if (weight.name == kLibraryWeight) {
      to.copy_(library);
      continue;
    }
    const auto from = std::ranges::find(model.weights(), weight.name, &Weight::name);
    require(from != model.weights().end(), "--library: the run has no ", weight.name);
    to.copy_(from->tensor);
  }
  return made;
}

}  // namespace recombine
