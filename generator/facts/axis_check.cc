#include "generator/facts/axis_check.h"

#include <algorithm>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/dataset.h"
#include "data/text.h"
#include "generator/facts/drawn_chains.h"
#include "generator/facts/hold_out.h"
#include "generator/facts/world.h"

namespace recombine {
namespace {

/// Throws DataError where the question is no path along at most HopChain::kMostHops relations.
HopChain chain_in(const FactItem& item, const IsHeldOut& is_ood, const std::string& place) {
  const auto question = item.question();
  require_data(item.path.size() == question.size() && question.size() <= HopChain::kMostHops + 1,
               place, ": the path does not fit the question");
  HopChain chain;
  chain.entities.front() = item.path.front();
  for (std::size_t hop = 1; hop < question.size(); ++hop) {
    const Token relation = question[hop];
    extend(chain, {relation, item.path[hop], is_ood(item.path[hop - 1], relation)});
  }
  return chain;
}

}  // namespace

std::string check_axis_sides(const std::filesystem::path& folder,
                             const std::vector<std::string>& names,
                             const FactConfig& config,
                             const IsHeldOut& is_ood) {
  const HoldOut hold_out(config);
  std::uint64_t trained = 0;
  std::uint64_t held = 0;
  for (const std::string& name : names) {
    const bool first_seen = name == set_name(WorldSet::kTestFirstSeen);
    const bool second_seen = name == set_name(WorldSet::kTestSecondSeen);
    const bool held_out = name.ends_with("_ood") || first_seen || second_seen;
    const ChainSide wanted = held_out ? ChainSide::kHeldOut : ChainSide::kTrained;
    for (const FactItem& item : FactSet(folder / name)) {
      check_interrupted("run it again");
      if (item.question().size() < 3) continue;  // a fact alone
      const std::string place = cat((folder / name).string(), ": ", item.id);
      const HopChain chain = chain_in(item, is_ood, place);
      require_data(hold_out.side_of(chain) == wanted, place, ": is ",
                   held_out ? "not held out" : "held out", " by --axis ",
                   join_text(config.axis, ","));
      require_data(!first_seen || chain.ood[1], place, ": its second fact is composed in train");
      require_data(!second_seen || chain.ood[0], place, ": its first fact is composed in train");
      ++(held_out ? held : trained);
    }
  }
  return cat(trained, " questions that no axis holds out, ", held, " that ",
             join_text(config.axis, " and "), config.axis.size() == 1 ? " does" : " do");
}

}  // namespace recombine
