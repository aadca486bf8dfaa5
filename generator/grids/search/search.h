#pragma once
// One attempt at an episode, for any source of words.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

#include "data/random_cpython.h"
#include "generator/grids/search/bystanders.h"
#include "generator/grids/search/draw.h"
#include "generator/grids/search/placement.h"
#include "generator/grids/search/word_scan.h"

namespace recombine {

/// How the search has gone so far; named as in the published generator.
struct SearchCounters {
  std::uint64_t tries = 0;
  std::uint64_t budget_restarts = 0;     ///< the query section used up its tries
  std::uint64_t duplicate_restarts = 0;  ///< two equal queries
  std::uint64_t section_restarts = 0;    ///< a study section used up its tries
  std::uint64_t uniqueness_redraws = 0;  ///< grammars that were taken

  friend bool operator==(const SearchCounters&, const SearchCounters&) = default;
};

/// Whether attempts use the table of placements or the plain loop that tries each one. The results
/// are the same; the plain loop is the oracle of the table.
enum class SearchMode { kTable, kPlain };

/// Fills the sections of a draft whose grammar is drawn. One object an attempt.
template <class Random>
class SectionSearch {
 public:
  SectionSearch(Random& random,
                const EpisodePlan& plan,
                Draft& draft,
                SearchMode mode,
                SearchCounters& counters,
                const DraftGrammar* twin = nullptr)
      : random_(random),
        config_(plan.config),
        draft_(draft),
        mode_(mode),
        counters_(counters),
        twin_(twin) {}

  /// False where the attempt fails: a section's tries are used up, or two queries are equal.
  bool run() {
    for (DraftSection& section : draft_.sections) {
      const bool found =
          has_role(section.roles, 0) ? fill_role_shape(section) : fill_free_shape(section);
      if (!found)
        return ++(section.asked ? counters_.budget_restarts : counters_.section_restarts), false;
      if (duplicate_) return ++counters_.duplicate_restarts, false;
    }
    return true;
  }

 private:
  /// A source of named streams need not draw what cannot matter; a sequential one must.
  static constexpr bool kMaySkip = std::is_same_v<Random, CounterRandom>;

  Colour draw_colour(Roles roles) {
    const DraftGrammar& grammar = draft_.grammar;
    if ((roles & kColourRole) == 0) return draw_element(random_, free_colours_of(grammar));
    random_.below(1);  // CPython draws for one-element lists too
    return grammar.role_colour;
  }

  bool is_forbidden(const Cells& shape) const {
    const DraftGrammar& grammar = draft_.grammar;
    if (shape == grammar.role_shape) return true;
    return shape == grammar.other_shape;
  }

  /// What the section's rules in `grammar` make of an input; nothing where it refuses that.
  std::optional<Object> output_of(const DraftGrammar& grammar,
                                  Roles roles,
                                  const Object& input) const {
    std::optional<Object> output = apply_steps(steps_in_force(grammar, roles), input, config_.side);
    if (output && touches_indicators(grammar, roles, output->cells)) return std::nullopt;
    return output;
  }

  /// A pair out of an input object; nothing where the section refuses it.
  std::optional<DraftPair> try_object(Roles roles, const Object& input) const {
    const DraftGrammar& grammar = draft_.grammar;
    if ((roles & kShapeRole) == 0 && is_forbidden(input.cells.shape())) return std::nullopt;
    if (touches_indicators(grammar, roles, input.cells)) return std::nullopt;
    const std::optional<Object> output = output_of(grammar, roles, input);
    if (!output || (twin_ != nullptr && !output_of(*twin_, roles, input))) return std::nullopt;
    return DraftPair{input, *output};
  }

  /// Placements in the order in which they were accepted.
  struct Placed {
    std::array<Cell, kMaxSide * kMaxSide + 1> offsets;    // NOLINT: filled up to `count`
    std::array<Colour, kMaxSide * kMaxSide + 1> colours;  // NOLINT
    int count = 0;
  };

  bool fill_role_shape(DraftSection& section) {
    const Roles roles = section.roles;
    const int wanted = section.wanted;
    Placed found;  // NOLINT: see Placed
    if (mode_ == SearchMode::kPlain) {
      if (!find_plainly(roles, wanted, found)) return false;
    } else {
      PlacementSet accepted = accepted_placements(draft_.grammar, roles, config_.side);
      if (twin_ != nullptr) accepted &= accepted_placements(*twin_, roles, config_.side);
      if (kMaySkip && accepted.size() < (section.asked ? wanted : std::min(wanted, 1)))
        return false;
      if (!find_by_table(section, accepted, found)) return false;
    }
    if (section.asked) duplicate_ = has_duplicates(found);
    if (duplicate_) return true;
    std::vector<DraftPair>& pairs = section.pairs;
    pairs.clear();
    for (std::size_t i = 0; i < static_cast<std::size_t>(wanted); ++i) {
      pairs.push_back(*try_object(roles, placed(found.colours[i], found.offsets[i])));
    }
    return true;
  }

  bool find_plainly(Roles roles, int wanted, Placed& found) {
    const Box box = draft_.grammar.role_shape.box();
    for (int tries = 0; found.count < wanted; ++tries) {
      if (tries == config_.max_tries) return false;
      ++counters_.tries;
      const Colour colour = draw_colour(roles);
      const Cell offset = draw_offset(random_, box, config_.side);
      if (try_object(roles, placed(colour, offset))) add(found, offset, colour, true);
    }
    return true;
  }

  bool find_by_table(const DraftSection& section, const PlacementSet& accepted, Placed& found) {
    const Roles roles = section.roles;
    const int wanted = section.wanted;
    const Box box = draft_.grammar.role_shape.box();
    int tries = 0;
    if constexpr (!kMaySkip) {
      if (section.asked && roles == draft_.grammar.all_roles()) {
        // The long loop: most words of the published stream are drawn here.
        const auto rows = static_cast<std::uint32_t>(config_.side - box.height() + 1);
        const auto cols = static_cast<std::uint32_t>(config_.side - box.width() + 1);
        WordScan scan(random_, {1, rows, cols});
        for (; found.count < wanted && tries < config_.max_tries; ++tries) {
          scan.draw(0);
          const std::uint32_t row = scan.draw(1);
          const std::uint32_t col = scan.draw(2);
          add(found, {static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)},
              draft_.grammar.role_colour, accepted.contains(row, col));
        }
        counters_.tries += static_cast<std::uint64_t>(tries);
        return found.count == wanted;
      }
    }
    for (; found.count < wanted && tries < config_.max_tries; ++tries) {
      const Colour colour = draw_colour(roles);
      const Cell offset = draw_offset(random_, box, config_.side);
      add(found, offset, colour,
          accepted.contains(static_cast<std::uint32_t>(offset.row),
                            static_cast<std::uint32_t>(offset.col)));
      // Two equal queries end the attempt whatever follows.
      if (kMaySkip && section.asked && tries % 8 == 7 && has_duplicates(found))
        return duplicate_ = true;
    }
    counters_.tries += static_cast<std::uint64_t>(tries);
    return found.count == wanted;
  }

  /// Without a branch: an entry that is not accepted is written over by the next.
  static void add(Placed& found, Cell offset, Colour colour, bool accepted) {
    found.offsets[static_cast<std::size_t>(found.count)] = offset;
    found.colours[static_cast<std::size_t>(found.count)] = colour;
    found.count += accepted ? 1 : 0;
  }

  static bool has_duplicates(const Placed& found) {
    std::array<std::uint32_t, kMaxSide> seen{};
    bool twice = false;
    for (std::size_t i = 0; i < static_cast<std::size_t>(found.count); ++i) {
      std::uint32_t& row = seen[static_cast<std::size_t>(int{found.offsets[i].row})];
      const std::uint32_t bit = 1U << static_cast<unsigned>(found.offsets[i].col);
      twice |= (row & bit) != 0;
      row |= bit;
    }
    return twice;
  }

  bool fill_free_shape(DraftSection& section) {
    const Roles roles = section.roles;
    std::vector<DraftPair>& pairs = section.pairs;
    pairs.clear();
    for (int tries = 0; static_cast<int>(pairs.size()) < section.wanted; ++tries) {
      if (tries == config_.max_tries) return false;
      ++counters_.tries;
      const Colour colour = draw_colour(roles);
      const std::optional<Cells> cells = draw_shaped_cells(random_, config_);
      if (!cells) return false;
      const auto pair = try_object(roles, {*cells, colour});
      if (pair && !(section.asked && has_input(pairs, pair->input))) pairs.push_back(*pair);
    }
    return true;
  }

  static bool has_input(std::span<const DraftPair> pairs, const Object& input) {
    return std::ranges::find(pairs, input, &DraftPair::input) != pairs.end();
  }

  Object placed(Colour colour, Cell offset) const {
    return {draft_.grammar.role_shape.moved(offset.row, offset.col), colour};
  }

  Random& random_;
  const GridConfig& config_;
  Draft& draft_;
  SearchMode mode_;
  SearchCounters& counters_;
  const DraftGrammar* twin_;  ///< whose rules have to take every input too; null: none
  bool duplicate_ = false;
};

/// Draws the places of the indicators, of which none touches another. False where a bounded redraw
/// ran out.
template <class Random>
bool draw_places(Random& random, const EpisodePlan& plan, DraftGrammar& grammar) {
  const std::span<const DraftIndicator> all = grammar.all_indicators();
  for (std::size_t i = 0; i < all.size(); ++i) {
    DraftIndicator& indicator = grammar.indicators.at(i);
    for (int redraws = 0;; ++redraws) {
      if (redraws == kMaxRedraws) return false;
      const Cell place = draw_offset(random, indicator.shape.box(), plan.config.side);
      indicator.place = indicator.shape.moved(place.row, place.col);
      const bool touches = std::ranges::any_of(all.first(i), [&](const DraftIndicator& other) {
        return touching(other.place, indicator.place);
      });
      if (!touches) break;
    }
  }
  return true;
}

/// Which sections the draft has, and which roles its queries ask, `needed` among them, for its
/// grammar. Keeps what an earlier attempt left for the same.
template <class Random>
void lay_out_sections(Random& random, const EpisodePlan& plan, Roles needed, Draft& draft) {
  const bool drawn = !plan.asked.empty();
  const bool follows_order =
      plan.config.order_is_drawn() && plan.config.study_pairs_of == "adjacent";
  if (!draft.sections.empty() && !drawn && !follows_order) return;
  draft.asked.clear();
  if (drawn) {
    std::vector<Roles> sets = draw_element(random, plan.asked);
    std::erase_if(sets, [&](Roles roles) { return (roles & needed) != needed; });
    for (int query = 0; query < plan.config.queries; ++query)
      draft.asked.push_back(draw_element(random, sets));
  }
  set_sections(plan.config, draft);
}

/// Draws the indicators' places and all sections for a draft whose grammar is drawn but for that.
/// `twin`, unless it is null, is another grammar with the same triggers: its indicators get the
/// same places, and its rules take every input too.
template <class Random>
bool complete_draft(Random& random,
                    const EpisodePlan& plan,
                    Draft& draft,
                    SearchMode mode,
                    SearchCounters& counters,
                    DraftGrammar* twin = nullptr) {
  if (!draw_places(random, plan, draft.grammar)) return false;
  if (twin != nullptr) twin->indicators = draft.grammar.indicators;
  const Roles needed = twin == nullptr ? kUnknownRoles : changed_roles(draft.grammar, *twin);
  lay_out_sections(random, plan, needed, draft);
  return SectionSearch<Random>(random, plan, draft, mode, counters, twin).run() &&
         !shows_a_query(draft) && draw_bystanders(random, plan, twin, draft);
}

}  // namespace recombine
