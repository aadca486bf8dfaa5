#include "generator/grids/search/episode.h"

#include <optional>
#include <utility>
#include <vector>

#include "data/error.h"
#include "generator/grids/search/search.h"
#include "generator/grids/search/twin.h"
#include "generator/grids/solver/certificate.h"
#include "generator/grids/solver/difficulty.h"

namespace recombine {

/// What an episode is looked for with, and what it has to be.
struct EpisodeSearch {
  EpisodeSearch(const GridConfig& config, std::uint64_t named)
      : space(rules_of(config)), bounds(read_difficulty(config.difficulty)), seed(named) {
    for (const GridConfig& variant : config.variants()) plans.push_back(make_plan(variant));
    if (config.is_certified()) certificate.emplace(config);
  }

  /// Whether the config lets the episode be.
  bool allows(const Episode& episode) const {
    return (!certificate || certificate->holds_for_first_pairs(episode)) &&
           is_within(bounds, episode, space);
  }

  /// What all episodes of a number are made by, twins too.
  const EpisodePlan& plan_of(std::uint64_t number, int attempt) const {
    if (plans.size() == 1) return plans.front();
    CounterRandom words(seed, number, Stream::kVariant, static_cast<std::uint32_t>(attempt));
    return plans[words.below(static_cast<std::uint32_t>(plans.size()))];
  }

  std::vector<EpisodePlan> plans;  ///< one, or one for each variant of the config
  RuleSpace space;
  std::vector<DifficultyBound> bounds;
  std::optional<Certificate> certificate;
  std::uint64_t seed;
};

namespace {

/// The words of one attempt: named, so that nothing of a failed attempt touches the next.
CounterRandom attempt_words(
    std::uint64_t seed, std::uint64_t index, Stream stream, int attempt, int restart) {
  return {seed, index, stream, static_cast<std::uint32_t>(attempt),
          static_cast<std::uint64_t>(restart)};
}

Episode finished(const EpisodePlan& plan, const Draft& draft, std::string id, int attempt) {
  Episode episode = to_episode(draft, plan.config.side, std::move(id), attempt);
  order_parameters(episode.grammar, plan);
  return episode;
}

/// An attempt at the episodes of a number: its name, and what it may write over.
struct Attempt {
  std::uint64_t number = 0;
  int attempt = 0;
  int restart = 0;
  SearchMode mode = SearchMode::kTable;
  Draft draft = {};
  SearchCounters counters = {};
};

/// A drawn episode, or two that are twins. Empty where the attempt fails.
std::vector<Episode> episodes_of(const EpisodeSearch& search,
                                 const EpisodePlan& plan,
                                 Attempt& at) {
  CounterRandom random =
      attempt_words(search.seed, at.number, Stream::kEpisode, at.attempt, at.restart);
  const auto types = draw_types(random, plan);
  const auto grammar = draw_grammar(random, plan, types);
  if (!grammar) return {};
  Draft& draft = at.draft;
  draft.grammar = *grammar;
  std::optional<DraftGrammar> twin;
  if (plan.config.twins) {
    CounterRandom words =
        attempt_words(search.seed, at.number, Stream::kTwin, at.attempt, at.restart);
    twin = draw_twin(words, plan.config.twin_change, search.space, *grammar);
    if (!twin) return {};
  }
  if (!complete_draft(random, plan, draft, at.mode, at.counters, twin ? &*twin : nullptr))
    return {};
  std::vector<Episode> found;  // not by a list, which would copy the episode
  found.push_back(finished(plan, draft, cat("e", at.number), at.attempt));
  if (!search.allows(found.front())) return {};
  if (!twin) return found;
  const Draft changed = with_rules(draft, *twin, plan.config.side);
  if (!study_differs(draft, changed) || !queries_differ(draft, changed)) return {};
  found.push_back(finished(plan, changed, *twin_id(found.front().id), at.attempt));
  if (!search.allows(found.back())) return {};
  return found;
}

Episode find_episode(const EpisodeSearch& search,
                     std::uint64_t index,
                     int attempt,
                     SearchMode mode) {
  const bool twins = search.plans.front().config.twins;
  Attempt at{twins ? index / 2 : index, attempt, 0, mode};
  const EpisodePlan& plan = search.plan_of(at.number, attempt);
  const GridConfig& config = plan.config;
  for (; at.restart < config.max_restarts; ++at.restart) {
    std::vector<Episode> found = episodes_of(search, plan, at);
    if (!found.empty()) return std::move(twins && index % 2 == 1 ? found[1] : found[0]);
  }
  throw InputError(no_episode_text(config, index));
}

}  // namespace

std::string no_episode_text(const GridConfig& config, std::uint64_t index) {
  return cat(
      "no episode ", index, " found in --max-restarts ", config.max_restarts,
      " attempts; --queries ", config.queries,
      " different placements are rare with these options: fewer --queries, a larger --side or "
      "a smaller --max-shape-size would help",
      config.is_certified() ? "; so would --certify-pairs or another space of --certify" : "",
      config.difficulty.empty() ? "" : "; so would wider bounds of --difficulty");
}

EpisodeMaker::EpisodeMaker(const GridConfig& config, std::uint64_t seed)
    : search_(std::make_unique<const EpisodeSearch>(config, seed)) {
  require(!config.fixed_rules,
          "--static: is of the published stream; no single episode of it is made");
}
EpisodeMaker::~EpisodeMaker() = default;
EpisodeMaker::EpisodeMaker(EpisodeMaker&&) noexcept = default;
EpisodeMaker& EpisodeMaker::operator=(EpisodeMaker&&) noexcept = default;

Episode EpisodeMaker::make(std::uint64_t index, int attempt) const {
  return find_episode(*search_, index, attempt, SearchMode::kTable);
}

Episode EpisodeMaker::make_plainly(std::uint64_t index, int attempt) const {
  return find_episode(*search_, index, attempt, SearchMode::kPlain);
}

}  // namespace recombine
