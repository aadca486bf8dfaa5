#include "generator/grids/solver/certificate.h"

#include <array>

#include "data/error.h"

namespace recombine {

Certificate::Certificate(const GridConfig& config)
    : space_(rules_of(config)), pairs_(config.certify_pairs) {
  space_.any_order = config.certify_order == "any" || config.order_is_drawn();
  space_.hidden_sections = config.certify_sections == "shuffled";
}

bool Certificate::holds_for_first_pairs(const Episode& episode) const {
  Episode shown;
  shown.queries = episode.queries;
  std::array<int, first_roles(kMaxRoles) + 1> seen{};
  for (const Example& example : episode.study) {
    if (seen.at(example.roles)++ < pairs_) shown.study.push_back(example);
  }
  return holds(shown);
}

bool Certificate::holds(const Episode& episode) const {
  const Determination found = determine(episode, space_);
  return found.unique() && found.solved == found.queries;
}

std::string Certificate::text() const {
  return cat(space_.any_order ? "any order" : "order fixed", ", sections ",
             space_.hidden_sections ? "shuffled" : "known", ", ", pairs_, " pairs a section");
}

}  // namespace recombine
