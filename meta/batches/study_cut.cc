#include "meta/batches/study_cut.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <map>
#include <span>

#include "data/error.h"
#include "data/random.h"

namespace recombine {
namespace {

// Pieces of the augmentation stream, behind those of batch_rules.cc.
constexpr std::uint32_t kSettingPart = 2;
constexpr std::uint32_t kFewerPart = 3;

int rules_in(Roles roles) { return std::popcount(roles); }

std::vector<std::int64_t> pairs_where(const EpisodeShape& shape,
                                      const std::function<bool(Roles)>& kept) {
  std::vector<std::int64_t> pairs;
  for (std::size_t pair = 0; pair < shape.study_roles.size(); ++pair) {
    if (kept(shape.study_roles[pair])) pairs.push_back(static_cast<std::int64_t>(pair));
  }
  return pairs;
}

/// As many pairs of each section: how many is drawn, and which.
std::vector<std::int64_t> fewer_pairs(const EpisodeShape& shape,
                                      std::uint64_t seed,
                                      std::uint64_t group) {
  std::map<Roles, std::vector<std::int64_t>> sections;
  for (std::size_t pair = 0; pair < shape.study_roles.size(); ++pair)
    sections[shape.study_roles[pair]].push_back(static_cast<std::int64_t>(pair));
  std::size_t most = 0;
  for (const auto& [roles, places] : sections) most = std::max(most, places.size());
  CounterRandom random(seed, group, Stream::kAugment, kFewerPart);
  const std::size_t kept = 1 + random.below(static_cast<std::uint32_t>(most));
  std::vector<std::int64_t> pairs;
  for (auto& [roles, places] : sections) {
    shuffle(random, std::span<std::int64_t>(places));
    places.resize(std::min(kept, places.size()));
    pairs.insert(pairs.end(), places.begin(), places.end());
  }
  std::ranges::sort(pairs);
  return pairs;
}

}  // namespace

const std::string& drawn_setting(const std::vector<std::string>& settings,
                                 std::uint64_t seed,
                                 std::uint64_t group) {
  if (settings.size() == 1) return settings.front();
  CounterRandom random(seed, group, Stream::kAugment, kSettingPart);
  return settings[random.below(static_cast<std::uint32_t>(settings.size()))];
}

StudyCut study_cut(const std::string& name,
                   const EpisodeShape& shape,
                   std::uint64_t seed,
                   std::uint64_t group) {
  if (name == "all") return {.pairs = pairs_where(shape, [](Roles) { return true; }), .shots = 0};
  if (name == "three-shot") {
    require(shape.queries > kThreeShots, "--study-mix three-shot: shows ", kThreeShots,
            " of the queries, and the episodes have ", shape.queries, " to show and to ask");
    return {.pairs = {}, .shots = kThreeShots};
  }
  require(std::ranges::find(shape.study_roles, kUnknownRoles) == shape.study_roles.end(),
          "--study-mix ", name,
          ": needs episodes that say which rules a study pair shows, each in the same order");
  StudyCut cut;
  if (name == "fewer") {
    require(shape.study > 0, "--study-mix fewer: the episodes have no study pairs");
    cut.pairs = fewer_pairs(shape, seed, group);
    return cut;
  }
  const bool composed = name == "no-primitives";
  cut.pairs = pairs_where(shape, [&](Roles roles) { return (rules_in(roles) > 1) == composed; });
  require(!cut.pairs.empty(), "--study-mix ", name, ": leaves the episodes no study pair");
  return cut;
}

EpisodeShape shape_after(const StudyCut& cut, const EpisodeShape& shape) {
  EpisodeShape after = shape;
  after.study = static_cast<int>(cut.pairs.size()) + cut.shots;
  after.queries = shape.queries - cut.shots;
  after.study_roles.clear();
  for (const std::int64_t pair : cut.pairs)
    after.study_roles.push_back(shape.study_roles[static_cast<std::size_t>(pair)]);
  after.study_roles.insert(after.study_roles.end(), static_cast<std::size_t>(cut.shots), kAllRoles);
  // One rule cannot be asked where pairs show all of them alone.
  if (cut.shots > 0 && cut.pairs.empty()) after.spare = 0;
  return after;
}

CutEpisodes cut_episodes(const StudyCut& cut,
                         const torch::Tensor& study,
                         const torch::Tensor& queries) {
  const bool whole = static_cast<std::int64_t>(cut.pairs.size()) == study.size(1);
  if (whole && cut.shots == 0) return {study, queries};
  const torch::Tensor pairs = torch::tensor(cut.pairs, torch::kInt64).to(study.device());
  return {torch::cat({study.index_select(1, pairs), queries.narrow(1, 0, cut.shots)}, 1),
          queries.narrow(1, cut.shots, queries.size(1) - cut.shots)};
}

}  // namespace recombine
