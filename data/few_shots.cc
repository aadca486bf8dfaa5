#include "data/few_shots.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "data/error.h"

namespace recombine {

Episode with_shots(Episode episode, int shots) {
  constexpr std::size_t kAsked = 10;  // as published
  const auto count = static_cast<std::size_t>(shots);
  // Study sections show two rules at most.
  std::erase_if(episode.study,
                [](const Example& pair) { return std::popcount(unsigned{pair.roles}) < 3; });
  if (episode.study.size() < count) {
    std::vector<Example>& queries = episode.queries;
    require(queries.size() > count, "--shots ", shots, ": ", episode.id, " has ", queries.size(),
            queries.size() == 1 ? " query" : " queries", ", of which one must be left to ask");
    const std::size_t asked = std::min(kAsked, queries.size() - count);
    const auto first = queries.begin() + static_cast<std::ptrdiff_t>(asked);
    episode.study.assign(first, queries.end());
    queries.erase(first, queries.end());
  }
  episode.study.resize(count);
  return episode;
}

}  // namespace recombine
