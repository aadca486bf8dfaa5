// The families that can be made. To add one: a declaration and a line.

#include "data/error.h"
#include "generator/family.h"

namespace recombine {

GeneratedFamily generated_grids();
GeneratedFamily generated_facts();

std::vector<GeneratedFamily> generated_families() { return {generated_grids(), generated_facts()}; }

GeneratedFamily generated_family(std::string_view name) {
  const ItemFamily& wanted = find_family(name);
  for (const GeneratedFamily& known : generated_families()) {
    if (known.family.name == wanted.name) return known;
  }
  throw DataError(cat("sets of the family '", name, "' cannot be made"));
}

}  // namespace recombine
