#pragma once
// The static data once more, slowly and by other means: grids alone, sets of cells, a draw at a
// time in the order of the published description (arXiv 2504.01445, static
// data). Shares the words of CPython's random with the generator, and nothing else.

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "data/grid.h"
#include "data/random_cpython.h"

namespace recombine::oracle {

using Place = std::pair<int, int>;  // row, column
using PairOfGrids = std::pair<Grid, Grid>;

inline constexpr int kSide = 10;

struct Corners {
  int top = 99, left = 99, bottom = -1, right = -1;
};

inline Corners corners_of(const std::set<Place>& cells) {
  Corners corners;
  for (const auto& [row, col] : cells) {
    corners.top = std::min(corners.top, row);
    corners.left = std::min(corners.left, col);
    corners.bottom = std::max(corners.bottom, row);
    corners.right = std::max(corners.right, col);
  }
  return corners;
}

inline std::string canonical(const std::set<Place>& cells) {
  const Corners corners = corners_of(cells);
  std::string text;
  for (const auto& [row, col] : cells)
    text += std::to_string(row - corners.top) + std::to_string(col - corners.left);
  return text;
}

inline bool inside(const std::set<Place>& cells) {
  return std::ranges::all_of(cells, [](const Place& cell) {
    return cell.first >= 0 && cell.first < kSide && cell.second >= 0 && cell.second < kSide;
  });
}

inline bool near(const std::set<Place>& a, const std::set<Place>& b) {
  for (const auto& [row, col] : a) {
    for (const auto& [other_row, other_col] : b) {
      if (std::abs(row - other_row) <= 1 && std::abs(col - other_col) <= 1) return true;
    }
  }
  return false;
}

/// The six rules, by what they do.
inline std::optional<std::set<Place>> changed(const std::string& rule,
                                              const std::set<Place>& cells) {
  const Corners corners = corners_of(cells);
  std::set<Place> result;
  for (const auto& [row, col] : cells) {
    if (rule == "grow left") result.insert({{row, col}, {row, col - 1}});
    if (rule == "grow up") result.insert({{row, col}, {row - 1, col}});
    if (rule == "down") result.insert({row + 1, col});
    if (rule == "right") result.insert({row, col + 1});
    if (rule == "upside down") result.insert({corners.top + corners.bottom - row, col});
    if (rule == "turn")
      result.insert({corners.top + (col - corners.left), corners.left - (row - corners.top)});
  }
  const bool must_change = rule == "turn" || rule == "upside down";
  if (!inside(result) || (must_change && result == cells)) return std::nullopt;
  return result;
}

class StaticOracle {
 public:
  explicit StaticOracle(std::uint64_t seed) : random_(seed) {}

  /// The 38 pairs of the next combination, in the order of files.
  std::vector<PairOfGrids> next() {
    combination_ = made_++;
    while (!try_sections()) continue;
    std::vector<PairOfGrids> pairs;
    for (const char* section : {"S", "C", "I", "SC", "SI", "CI", "SCI"})
      pairs.insert(pairs.end(), sections_[section].begin(), sections_[section].end());
    return pairs;
  }

 private:
  bool second(int bit) const { return ((combination_ >> bit) & 1) != 0; }
  int below(int n) { return static_cast<int>(random_.below(static_cast<std::uint32_t>(n))); }

  std::string role_shape() const { return second(2) ? "0110112021" : "00010212"; }
  std::string other_shape() const { return second(2) ? "00010212" : "0110112021"; }
  std::string rule(char role) const {
    if (role == 'S') return second(2) ? "down" : "grow left";
    if (role == 'C') return second(1) ? "upside down" : "turn";
    return second(0) ? "grow up" : "right";
  }
  Place indicator_place() const { return second(0) ? Place{0, 7} : Place{8, 4}; }

  bool try_sections() {
    sections_.clear();
    for (const char* section : {"SCI", "SC", "SI", "CI", "S", "C", "I"}) {
      const std::string roles = section;
      if (!fill(roles, roles == "SCI" ? 14 : 4)) return false;
      std::set<std::string> inputs;
      for (const auto& [input, output] : sections_[roles])
        inputs.emplace(input.cells().begin(), input.cells().end());
      if (roles == "SCI" && inputs.size() < 14) return false;
    }
    return true;
  }

  static bool has(const std::string& roles, char role) {
    return roles.find(role) != std::string::npos;
  }

  int draw_colour(const std::string& roles) {
    std::vector<int> colours = {4, 5, 7, 8, 9};
    if (has(roles, 'C')) colours = {second(1) ? 6 : 2};
    return colours[static_cast<std::size_t>(below(static_cast<int>(colours.size())))];
  }

  /// The object after the rules of a section; nothing where one of them fails.
  std::optional<std::set<Place>> after(const std::string& roles, std::set<Place> cells) const {
    for (const char role : roles) {
      const auto next = changed(rule(role), cells);
      if (!next) return std::nullopt;
      cells = *next;
    }
    return cells;
  }

  std::optional<PairOfGrids> try_pair(const std::string& roles) {
    const int colour = draw_colour(roles);
    const std::set<Place> input = has(roles, 'S') ? placed_role_shape() : walk(below(9) + 1);
    const std::string shape = canonical(input);
    const bool listed = shape == role_shape() || shape == other_shape();
    if (listed && !has(roles, 'S')) return std::nullopt;
    std::set<Place> indicator;
    if (has(roles, 'I')) indicator.insert(indicator_place());
    const auto output = after(roles, input);
    if (near(indicator, input) || !output || near(indicator, *output)) return std::nullopt;
    return PairOfGrids{grid(input, colour, indicator), grid(*output, colour, indicator)};
  }

  bool fill(const std::string& roles, std::size_t wanted) {
    std::vector<PairOfGrids>& pairs = sections_[roles];
    for (int tries = 0; tries < 500 && pairs.size() < wanted; ++tries) {
      if (const auto pair = try_pair(roles)) pairs.push_back(*pair);
    }
    return pairs.size() == wanted;
  }

  std::set<Place> placed_role_shape() {
    const std::string shape = role_shape();
    std::set<Place> cells;
    for (std::size_t i = 0; i < shape.size(); i += 2)
      cells.insert({shape[i] - '0', shape[i + 1] - '0'});
    const Corners corners = corners_of(cells);
    const int row = below(kSide - corners.bottom);
    const int col = below(kSide - corners.right);
    std::set<Place> moved;
    for (const auto& [r, c] : cells) moved.insert({r + row, c + col});
    return moved;
  }

  std::set<Place> walk(int size) {
    const int row = below(kSide);
    Place at = {row, below(kSide)};
    std::set<Place> cells = {at};
    for (int moves = 0; static_cast<int>(cells.size()) < size && moves < 4 * size; ++moves) {
      std::vector<Place> around;
      for (int dr = -1; dr <= 1; ++dr) {
        for (int dc = -1; dc <= 1; ++dc) {
          const Place next = {at.first + dr, at.second + dc};
          if ((dr != 0 || dc != 0) && inside({next})) around.push_back(next);
        }
      }
      at = around[static_cast<std::size_t>(below(static_cast<int>(around.size())))];
      cells.insert(at);
    }
    if (static_cast<int>(cells.size()) < size) walk(size);  // drawn, and thrown away
    return cells;
  }

  Grid grid(const std::set<Place>& cells, int colour, const std::set<Place>& indicator) const {
    Grid grid(kSide);
    for (const auto& [row, col] : cells) grid(row, col) = static_cast<Colour>(colour);
    for (const auto& [row, col] : indicator) grid(row, col) = second(0) ? 3 : 1;
    return grid;
  }

  CPythonRandom random_;
  int made_ = 0;
  int combination_ = 0;
  std::map<std::string, std::vector<PairOfGrids>> sections_;
};

}  // namespace recombine::oracle
