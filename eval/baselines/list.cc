// The list of baselines. To add one: a declaration and a line.

#include <array>

#include "data/error.h"
#include "data/text.h"
#include "eval/baselines/baseline.h"

namespace recombine {

Answers copy_input(const Task& task);
Answers nearest_study(const Task& task);
Answers majority(const Task& task);
Answers random_rule(const Task& task);
Answers oracle(const Task& task);

namespace {

constexpr std::array kBaselines = {
    BaselineEntry{"copy-input", "the query's input, unchanged", "", copy_input},
    BaselineEntry{"nearest-study",
                  "the output of the study pair whose input differs in the fewest cells",
                  "no study pair", nearest_study},
    BaselineEntry{"majority", "the most common output of the study pairs", "no study pair",
                  majority},
    BaselineEntry{"random-rule", "three random rules, one after another",
                  "no rules found that stay on the board", random_rule},
    BaselineEntry{"oracle",
                  "the solver: all programs that explain the study pairs, the most common answer",
                  "no program explains the study pairs", oracle},
};

}  // namespace

std::span<const BaselineEntry> baseline_entries() { return kBaselines; }

const BaselineEntry& find_baseline(std::string_view name) {
  Names known;
  for (const BaselineEntry& entry : kBaselines) {
    if (entry.name == name) return entry;
    known.emplace_back(entry.name);
  }
  throw InputError(cat("no baseline '", name, "'; did you mean '", nearest_name(name, known),
                       "'? (known: ", join_text(known, ", "), ")"));
}

}  // namespace recombine
