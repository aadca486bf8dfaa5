#include "generator/grids/search/episode.h"

#include "data/error.h"
#include "generator/grids/search/search.h"

namespace recombine {
namespace {

/// The words of one attempt: named, so that nothing of a failed attempt touches the next.
CounterRandom attempt_words(std::uint64_t seed, std::uint64_t index, int attempt, int restart) {
  return {seed, index, Stream::kEpisode, static_cast<std::uint32_t>(attempt),
          static_cast<std::uint64_t>(restart)};
}

Episode search(const EpisodePlan& plan,
               std::uint64_t seed,
               std::uint64_t index,
               int attempt,
               SearchMode mode) {
  SearchCounters counters;
  Draft draft;
  for (int restart = 0; restart < plan.config.max_restarts; ++restart) {
    CounterRandom random = attempt_words(seed, index, attempt, restart);
    const auto types = draw_types(random, plan);
    const auto grammar = draw_grammar(random, plan, types);
    if (!grammar) continue;
    draft.grammar = *grammar;
    if (complete_draft(random, plan, draft, mode, counters)) {
      return to_episode(draft, plan.config.side, cat("e", index), attempt);
    }
  }
  throw InputError(no_episode_text(plan.config, index));
}

}  // namespace

std::string no_episode_text(const GridConfig& config, std::uint64_t index) {
  return cat(
      "no episode ", index, " found in --max-restarts ", config.max_restarts,
      " attempts; --queries ", config.queries,
      " different placements are rare with these options: fewer --queries, a larger --side or "
      "a smaller --max-shape-size would help");
}

EpisodeMaker::EpisodeMaker(const GridConfig& config, std::uint64_t seed)
    : plan_(std::make_unique<const EpisodePlan>(make_plan(config))), seed_(seed) {
  require(!config.fixed_rules,
          "--static: is of the published stream; no single episode of it is made");
}
EpisodeMaker::~EpisodeMaker() = default;
EpisodeMaker::EpisodeMaker(EpisodeMaker&&) noexcept = default;
EpisodeMaker& EpisodeMaker::operator=(EpisodeMaker&&) noexcept = default;

Episode EpisodeMaker::make(std::uint64_t index, int attempt) const {
  return search(*plan_, seed_, index, attempt, SearchMode::kTable);
}

Episode EpisodeMaker::make_plainly(std::uint64_t index, int attempt) const {
  return search(*plan_, seed_, index, attempt, SearchMode::kPlain);
}

}  // namespace recombine
