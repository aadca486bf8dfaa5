#include <algorithm>
#include <utility>

#include "data/formats/carc/carc.h"

namespace recombine {
namespace {

/// Clears the cells that are connected to (row, col), which is on the grid and coloured.
void clear_object(Grid& grid, int row, int col) {
  std::vector<std::pair<int, int>> open = {{row, col}};
  grid(row, col) = 0;
  while (!open.empty()) {
    const auto [r, c] = open.back();
    open.pop_back();
    for (int i = std::max(r - 1, 0); i <= std::min(r + 1, grid.side() - 1); ++i) {
      for (int j = std::max(c - 1, 0); j <= std::min(c + 1, grid.side() - 1); ++j) {
        if (grid(i, j) == 0) continue;
        grid(i, j) = 0;
        open.emplace_back(i, j);
      }
    }
  }
}

/// p of each one-rule section, q of each two-rule section, the rest few-shot examples.
std::vector<Roles> layout(std::size_t p, std::size_t q, std::size_t size) {
  std::vector<Roles> roles;
  for (std::size_t place = 0; place < kStudySections.size(); ++place) {
    roles.insert(roles.end(), place < 3 ? p : q, kStudySections[place]);
  }
  roles.resize(size, kAllRoles);
  return roles;
}

bool fits(const std::vector<Roles>& roles, const std::vector<bool>& has_indicator) {
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (((roles[i] & kIndicatorRole) != 0) != has_indicator[i]) return false;
  }
  return true;
}

}  // namespace

int count_objects(const Grid& grid) {
  Grid rest = grid;
  int objects = 0;
  for (int row = 0; row < rest.side(); ++row) {
    for (int col = 0; col < rest.side(); ++col) {
      if (rest(row, col) == 0) continue;
      clear_object(rest, row, col);
      ++objects;
    }
  }
  return objects;
}

std::vector<Roles> infer_roles(std::span<const Example> study) {
  std::vector<bool> has_indicator;
  for (const Example& example : study) has_indicator.push_back(count_objects(example.input) > 1);
  const std::size_t size = study.size();
  for (std::size_t sections = size / 3 + 1; sections-- > 0;) {  // p + q: the few-shot rest grows
    for (std::size_t p = 0; p <= sections; ++p) {
      std::vector<Roles> roles = layout(p, sections - p, size);
      if (fits(roles, has_indicator)) return roles;
    }
  }
  std::vector<Roles> unknown(size, kUnknownRoles);
  return unknown;
}

}  // namespace recombine
