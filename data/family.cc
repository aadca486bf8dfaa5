#include "data/family.h"

#include <algorithm>
#include <string>

#include "data/error.h"

namespace recombine {

const ItemFamily& find_family(std::string_view name) {
  const auto found = std::ranges::find(kFamilies, name, &ItemFamily::name);
  if (found != kFamilies.end()) return *found;
  std::string known;
  for (const ItemFamily& family : kFamilies) known += cat(known.empty() ? "" : ", ", family.name);
  throw DataError(cat("no family '", name, "'; known: ", known));
}

}  // namespace recombine
