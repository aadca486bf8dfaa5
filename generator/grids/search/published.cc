#include "generator/grids/search/published.h"

#include <unordered_set>

#include "data/error.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/search/fixed_rules.h"

namespace recombine {

struct PublishedMaker::State {
  EpisodePlan plan;
  SearchMode mode;
  CPythonRandom random;
  SearchCounters counters;
  std::unordered_set<std::string> taken;  ///< grammar keys of accepted episodes
  std::uint64_t made = 0;
  Draft draft;

  /// The next of the static data: its combination stays until its sections are found.
  Episode next_fixed() {
    require(made < kFixedEpisodes, "--static: has ", kFixedEpisodes, " episodes, and no more");
    draft.grammar = fixed_grammar(static_cast<int>(made));
    set_sections(plan.config, draft);
    for (int restart = 0; restart < plan.config.max_restarts; ++restart) {
      if (SectionSearch<CPythonRandom>(random, plan, draft, mode, counters).run())
        return to_episode(draft, plan.config.side, cat("e", made++), 0);
    }
    throw InputError(no_episode_text(plan.config, made));
  }

  /// A grammar: types once, the rest until the grammar is a new one.
  bool draw_new_grammar(std::string& key) {
    const auto types = draw_types(random, plan);
    for (int redraws = 0; redraws < kMaxRedraws; ++redraws) {
      const auto grammar = draw_grammar(random, plan, types);
      if (!grammar) return false;
      draft.grammar = *grammar;
      key = grammar_key(*grammar);
      if (!taken.contains(key)) return true;
      ++counters.uniqueness_redraws;
    }
    return false;
  }
};

PublishedMaker::PublishedMaker(const GridConfig& config, std::uint64_t seed, SearchMode mode)
    : state_(new State{make_plan(config), mode, CPythonRandom(seed), {}, {}, 0, {}}) {}
PublishedMaker::~PublishedMaker() = default;

const SearchCounters& PublishedMaker::counters() const { return state_->counters; }

Episode PublishedMaker::next() {
  State& s = *state_;
  if (s.plan.config.fixed_rules) return s.next_fixed();
  for (int restart = 0; restart < s.plan.config.max_restarts; ++restart) {
    std::string key;
    if (!s.draw_new_grammar(key)) continue;
    if (!complete_draft(s.random, s.plan, s.draft, s.mode, s.counters)) continue;
    s.taken.insert(key);
    Episode episode = to_episode(s.draft, s.plan.config.side, cat("e", s.made++), 0);
    order_parameters(episode.grammar, s.plan);
    return episode;
  }
  throw InputError(no_episode_text(s.plan.config, s.made));
}

}  // namespace recombine
