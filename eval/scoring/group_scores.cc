#include "eval/scoring/group_scores.h"

#include "data/error.h"

namespace recombine {

const Interval* Figures::find(std::string_view name) const {
  for (const auto& [known, interval] : all_) {
    if (known == name) return &interval;
  }
  return nullptr;
}

const Interval& Figures::at(std::string_view name) const {
  const Interval* interval = find(name);
  require_data(interval != nullptr, "no figure \"", name, "\"");
  return *interval;
}

}  // namespace recombine
