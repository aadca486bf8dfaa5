#include "generator/grids/split/split.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "data/error.h"
#include "data/random_cpython.h"

namespace recombine {
namespace {

/// A fraction that gives one of `count`, with three decimals: rounded up, so that it does.
double least_fraction(std::size_t count) {
  return std::ceil(1000.0 / static_cast<double>(count)) / 1000.0;
}

}  // namespace

void SplitConfig::validate() const { check_fields(*this); }

int SplitConfig::min_examples() const {
  constexpr int kPublished = 5000;
  if (min_func_examples >= 0) return min_func_examples;
  return protocol == "published" ? kPublished : 0;
}

TripletSplit split_triplets(const std::vector<std::string>& types,
                            const SplitConfig& config,
                            CPythonRandom& random) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < types.size(); ++i) {
    for (std::size_t j = i + 1; j < types.size(); ++j) {
      for (std::size_t k = j + 1; k < types.size(); ++k) {
        Grammar grammar;
        grammar.shape_rule.type = types[i];
        grammar.colour_rule.type = types[j];
        grammar.indicator_rule.type = types[k];
        all.push_back(triplet(grammar));
      }
    }
  }
  shuffle(random, std::span(all));
  const auto held_out =
      static_cast<std::ptrdiff_t>(config.test_fraction * static_cast<double>(all.size()));
  require(all.size() >= 2, "--test-fraction ", config.test_fraction, ": ", types.size(),
          " transformation types make no second triplet to hold out; four are needed at least "
          "(--types of generate grids)");
  require(held_out >= 1, "--test-fraction ", config.test_fraction, ": holds out none of the ",
          all.size(), " triplets; at least ", least_fraction(all.size()));
  TripletSplit split{{all.begin() + held_out, all.end()}, {all.begin(), all.begin() + held_out}};
  std::ranges::sort(split.train);
  std::ranges::sort(split.test);
  return split;
}

TripletSplit split_triplets(const std::vector<std::string>& types, const SplitConfig& config) {
  CPythonRandom random(config.seed);
  return split_triplets(types, config, random);
}

Episode reduce(const Episode& episode, const SplitConfig& config) {
  Episode kept{episode.id, episode.attempt, episode.grammar, {}, {}, {}};
  std::map<Roles, int> seen;
  for (const Example& example : episode.study) {
    const bool primitive = example.roles == kShapeRole || example.roles == kColourRole ||
                           example.roles == kIndicatorRole;
    const int wanted = primitive ? config.primitives : config.compositions;
    (seen[example.roles]++ < wanted ? kept.study : kept.spare).push_back(example);
  }
  for (const Roles roles : kStudySections) {
    const bool primitive = roles == kShapeRole || roles == kColourRole || roles == kIndicatorRole;
    const int wanted = primitive ? config.primitives : config.compositions;
    require(seen[roles] >= wanted, primitive ? "--primitives " : "--compositions ", wanted, ": ",
            episode.id, " has ", seen[roles], " study pairs in its section ", section_name(roles));
  }
  const auto needed =
      static_cast<std::size_t>(config.queries) + static_cast<std::size_t>(config.few_shots);
  require(episode.queries.size() >= needed, "--queries ", config.queries, " and --few-shots ",
          config.few_shots, ": ", episode.id, " has ", episode.queries.size(), " queries");
  kept.queries.assign(episode.queries.begin(), episode.queries.begin() + config.queries);
  kept.study.insert(kept.study.end(), episode.queries.begin() + config.queries,
                    episode.queries.begin() + static_cast<std::ptrdiff_t>(needed));
  return kept;
}

Episode reduce_for_set(const Episode& episode, const SplitConfig& config) {
  Episode kept = reduce(episode, config);
  if (config.protocol == "published") kept.spare.clear();
  return kept;
}

}  // namespace recombine
