#include "generator/grids/split/split.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include "data/error.h"
#include "data/random_cpython.h"
#include "data/text.h"
#include "data/triplets.h"

namespace recombine {
namespace {

/// A fraction that gives one of `count`, with three decimals: rounded up, so that it does.
double least_fraction(std::size_t count) {
  return std::ceil(1000.0 / static_cast<double>(count)) / 1000.0;
}

/// The sections that an episode has to have pairs in: all, but of two roles that are not applied
/// one after the other only where some have (--study-pairs-of of generate grids).
std::vector<Roles> sections_of(const Episode& episode, const std::map<Roles, int>& seen) {
  const Grammar& grammar = episode.grammar;
  const std::vector<std::size_t> order = grammar.applied(grammar.all_roles());
  std::vector<Roles> sections = study_sections(grammar.rules.size());
  std::erase_if(sections, [&](Roles roles) {
    bool needed = std::has_single_bit(unsigned{roles}) || seen.contains(roles);
    for (std::size_t place = 0; place + 1 < order.size(); ++place)
      needed = needed || roles == (role_bit(order[place]) | role_bit(order[place + 1]));
    return !needed;
  });
  return sections;
}

}  // namespace

void SplitConfig::validate() const {
  check_fields(*this);
  require(!axis.empty(), "--axis: name at least one; see recombine list axes");
  for (const std::string& name : axis)
    require(std::ranges::count(axis, name) == 1, "--axis: names ", name, " twice");
  require(is_systematicity() || protocol == "ours", "--axis ", join_text(axis, ","),
          ": the published protocol holds out systematicity alone; leave out --protocol published");
  for (const std::string& word : hold_out) {
    const std::string name = word.substr(0, word.find('='));
    const bool of_axis = std::ranges::find(axis, name) != axis.end() && name != "systematicity";
    require(of_axis && name.size() + 1 < word.size(), "--hold-out ", word,
            ": must be AXIS=LEVEL, of an axis that --axis names and that is not systematicity");
  }
}

int SplitConfig::min_examples() const {
  constexpr int kPublished = 5000;
  if (min_func_examples >= 0) return min_func_examples;
  return protocol == "published" ? kPublished : 0;
}

TripletSplit split_triplets(const std::vector<std::string>& types,
                            const SplitConfig& config,
                            CPythonRandom& random,
                            std::size_t rules) {
  std::vector<std::string> all;
  for (const TypeTriplet& drawn : drawn_triplets(types, random, rules))
    all.push_back(triplet_text(drawn));
  const auto held_out =
      static_cast<std::ptrdiff_t>(config.test_fraction * static_cast<double>(all.size()));
  require(all.size() >= 2, "--test-fraction ", config.test_fraction, ": ", types.size(),
          " transformation types make no second ", rules == 3 ? "triplet" : "set of so many",
          " to hold out; ", rules == 3 ? "four" : std::to_string(rules + 1),
          " are needed at least (--types of generate grids)");
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
  const auto wanted_of = [&](Roles roles) {
    return std::has_single_bit(unsigned{roles}) ? config.primitives : config.compositions;
  };
  for (const Example& example : episode.study) {
    const int wanted = wanted_of(example.roles);
    const bool shown = seen[example.roles]++ < wanted || wanted < 0;
    (shown ? kept.study : kept.spare).push_back(example);
  }
  for (const Roles roles : sections_of(episode, seen)) {
    const bool primitive = std::has_single_bit(unsigned{roles});
    require(seen[roles] >= wanted_of(roles), primitive ? "--primitives " : "--compositions ",
            wanted_of(roles), ": ", episode.id, " has ", seen[roles],
            " study pairs in its section ", section_name(roles));
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
