#include "meta/ranks/likeness.h"

#include <vector>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json.h"

namespace recombine {
namespace {

constexpr const char* kNothing = "missing";

std::string value_of(const Likeness& all, const std::string& name) {
  const auto found = all.find(name);
  return found == all.end() ? kNothing : found->second;
}

/// The first name of which two have not the same; "" where there is none.
std::string difference(const Likeness& one, const Likeness& other) {
  Likeness names = one;
  names.insert(other.begin(), other.end());
  for (const auto& [name, value] : names) {
    if (value_of(one, name) != value_of(other, name)) return name;
  }
  return "";
}

}  // namespace

void require_alike(RankGroup& group, const Likeness& own) {
  std::vector<Likeness> all;
  for (const std::string& text : group.texts(Json(own).dump()))
    all.push_back(Json::parse(text).get<Likeness>());
  for (int rank = 1; rank < group.count(); ++rank) {
    const Likeness& other = all[static_cast<std::size_t>(rank)];
    const std::string name = difference(all.front(), other);
    if (name.empty()) continue;
    throw RankLost(cat(group.name(rank), ": its ", name, " is ", value_of(other, name),
                       ", that of rank 0 ", value_of(all.front(), name), "; start all ranks alike"),
                   group.rank() == 0);
  }
}

}  // namespace recombine
