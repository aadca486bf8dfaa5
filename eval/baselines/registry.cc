// The list of baselines. To add one: a declaration and a line.

#include <algorithm>
#include <array>

#include "data/error.h"
#include "data/family.h"
#include "data/text.h"
#include "eval/baselines/baseline.h"
#include "eval/baselines/fact_baseline.h"

namespace recombine {

Answers copy_input(const Task& task);
Answers nearest_study(const Task& task);
Answers majority(const Task& task);
Answers random_rule(const Task& task);
Answers oracle(const Task& task);
FactAnswerer fact_majority(const FactSet& train);

namespace {

constexpr std::array kBaselines = {
    BaselineEntry{"copy-input", "the query's input, unchanged", "", copy_input},
    BaselineEntry{"nearest-study",
                  "the output of the study pair whose input differs in the fewest cells",
                  "no study pair", nearest_study},
    BaselineEntry{"majority", "the most common output of the study pairs", "no study pair",
                  majority},
    BaselineEntry{"random-rule", "three random rules, one after another",
                  "no rules found that stay on the grid", random_rule, true},
    BaselineEntry{"oracle",
                  "the solver: all programs that explain the study pairs, the most common answer",
                  "no program explains the study pairs", oracle, true},
};

constexpr std::array kFactBaselines = {
    FactBaseline{"majority", "the most common answer in training to the question's last relation",
                 "no question of training ends in this relation", fact_majority},
    FactBaseline{"lookup", "the oracle: follows the training facts along the question's relations",
                 "training has not all facts", fact_lookup},
};

template <class Entry>
const Entry* find_named(std::span<const Entry> entries, std::string_view name) {
  const auto place = std::ranges::find(entries, name, &Entry::name);
  return place == entries.end() ? nullptr : &*place;
}

template <class Entry>
Names names_of(std::span<const Entry> entries) {
  Names names;
  for (const Entry& entry : entries) names.emplace_back(entry.name);
  return names;
}

/// The entry of that name; throws InputError where there is none, or where it is for the items of
/// `others`, which are not the `family` that was given.
template <class Entry, class Other>
const Entry& find_or_throw(std::span<const Entry> entries,
                           std::span<const Other> others,
                           std::string_view name,
                           std::string_view family) {
  if (const Entry* entry = find_named(entries, name)) return *entry;
  const Names known = names_of(entries);
  require(find_named(others, name) == nullptr, "baseline '", name, "' is not for ", family,
          ", which this data set holds; for ", family, ": ", join_text(known, ", "));
  throw InputError(cat("no baseline '", name, "'; did you mean '", nearest_name(name, known),
                       "'? (known for ", family, ": ", join_text(known, ", "), ")"));
}

}  // namespace

std::span<const BaselineEntry> baseline_entries() { return kBaselines; }
std::span<const FactBaseline> fact_baselines() { return kFactBaselines; }

const BaselineEntry& find_baseline(std::string_view name) {
  return find_or_throw(baseline_entries(), fact_baselines(), name, kGrids.name);
}

const FactBaseline& find_fact_baseline(std::string_view name) {
  return find_or_throw(fact_baselines(), baseline_entries(), name, kFacts.name);
}

}  // namespace recombine
