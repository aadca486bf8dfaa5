#include "eval/llm/prompts/sample.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "data/random.h"

namespace recombine {
namespace {

using Group = std::vector<std::size_t>;

/// How many each group keeps, in the order of their names.
std::vector<std::size_t> shares_of(const std::map<std::string, Group>& groups,
                                   std::size_t items,
                                   std::size_t limit) {
  std::vector<std::size_t> shares;
  std::vector<std::pair<std::size_t, std::size_t>> remainders;  // and the group's place
  std::size_t given = 0;
  for (const auto& [name, members] : groups) {
    const std::size_t product = members.size() * limit;
    remainders.emplace_back(product % items, shares.size());
    shares.push_back(product / items);
    given += shares.back();
  }
  std::ranges::stable_sort(remainders,
                           [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t i = 0; given < limit; ++i, ++given) ++shares[remainders[i].second];
  return shares;
}

}  // namespace

std::vector<std::size_t> stratified_sample(const std::vector<std::string>& strata,
                                           std::size_t limit,
                                           std::uint64_t seed) {
  std::vector<std::size_t> chosen(strata.size());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  if (limit == 0 || limit >= strata.size()) return chosen;
  std::map<std::string, Group> groups;
  for (const std::size_t index : chosen) groups[strata[index]].push_back(index);
  const auto shares = shares_of(groups, strata.size(), limit);
  chosen.clear();
  std::size_t place = 0;
  for (auto& [name, members] : groups) {
    // A lot an item, so that one item's place depends on no other.
    const auto lot = [&](std::size_t index) {
      CounterRandom random(seed, index, Stream::kSample);
      const std::uint64_t high = random.word();
      return std::pair(high << 32U | random.word(), index);
    };
    std::ranges::sort(members, {}, lot);
    members.resize(shares[place++]);
    chosen.insert(chosen.end(), members.begin(), members.end());
  }
  std::ranges::sort(chosen);
  return chosen;
}

}  // namespace recombine
