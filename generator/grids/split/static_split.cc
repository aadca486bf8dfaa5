#include "generator/grids/split/static_split.h"

#include "data/error.h"
#include "data/random_cpython.h"

namespace recombine {
namespace {

void require_static_options(const SplitConfig& config) {
  require(config.protocol == "published", "--protocol ", config.protocol,
          ": static data has the published split alone; add --protocol published");
  SplitConfig open;
  open.protocol = config.protocol;
  open.seed = config.seed;
  open.test_fraction = config.test_fraction;
  require(config == open,
          "static data: every pair is an item of its own; beside --protocol published go --seed "
          "and --test-fraction alone");
}

void add_pairs(std::vector<Episode>& items,
               const Episode& episode,
               std::size_t first,
               std::size_t last) {
  for (std::size_t place = first; place < last; ++place)
    items.push_back(static_item(episode, place));
}

}  // namespace

Episode static_item(const Episode& episode, std::size_t place) {
  Episode item{cat(episode.id, ".", place), episode.attempt, episode.grammar, {}, {}, {}};
  const std::size_t shown = episode.study.size();
  require_data(place < shown + episode.queries.size(), "episode ", episode.id, ": has no pair ",
               place);
  item.queries = {place < shown ? episode.study[place] : episode.queries[place - shown]};
  return item;
}

StaticSplit split_static(std::span<const Episode> episodes, const SplitConfig& config) {
  config.validate();
  require_static_options(config);
  std::vector<const Episode*> order;
  for (const Episode& episode : episodes) order.push_back(&episode);
  CPythonRandom random(config.seed);
  shuffle(random, std::span(order));
  const auto held_out =
      static_cast<std::size_t>(config.test_fraction * static_cast<double>(order.size()));
  require(held_out >= 1, "--test-fraction ", config.test_fraction, ": holds out none of ",
          order.size(), " episodes");
  const std::size_t trained = order.size() - held_out;
  StaticSplit split;
  for (std::size_t i = 0; i < trained; ++i) {
    const Episode& episode = *order[i];
    split.trained.push_back(episode.id);
    add_pairs(split.train, episode, 0, episode.study.size() + episode.queries.size());
  }
  for (std::size_t i = trained; i < order.size(); ++i) {
    const Episode& episode = *order[i];
    const std::size_t shown = episode.study.size();
    split.held_out.push_back(episode.id);
    add_pairs(split.train, episode, 0, shown);
    add_pairs(split.test, episode, shown, shown + episode.queries.size());
  }
  return split;
}

}  // namespace recombine
