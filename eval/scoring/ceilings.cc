#include "eval/scoring/ceilings.h"

#include <array>
#include <string_view>

namespace recombine {
namespace {

constexpr std::array<std::string_view, 2> kConsideredOrders = {"fixed", "any"};

}  // namespace

FoundByOrder found_by_order(const Episode& episode,
                            std::size_t planned,
                            const RuleSpace& rules,
                            bool of_recipe) {
  Episode asked;
  asked.study = episode.study;
  asked.queries.assign(episode.queries.begin(),
                       episode.queries.begin() + static_cast<std::ptrdiff_t>(planned));
  RuleSpace space = rules;
  if (!of_recipe) add_rules_of(episode, space);
  FoundByOrder found;
  for (const std::string_view order : kConsideredOrders) {
    space.any_order = order == "any";
    found.push_back(determine(asked, space));
  }
  return found;
}

void add_to_ceilings(std::vector<Ceiling>& ceilings, const FoundByOrder& found) {
  ceilings.resize(found.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    Ceiling& ceiling = ceilings[i];
    ceiling.order = kConsideredOrders.at(i);
    if (found[i].programs == 0) continue;
    ++ceiling.episodes;
    ceiling.ambiguous += found[i].unique() ? 0 : 1;
    ceiling.queries += static_cast<std::uint64_t>(found[i].queries);
    ceiling.determined += static_cast<std::uint64_t>(found[i].determined);
    ceiling.guessed += found[i].guessed;
  }
}

}  // namespace recombine
