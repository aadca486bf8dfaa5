#include "data/formats/grid_text.h"

#include <optional>

#include <nlohmann/json.hpp>

#include "data/error.h"

namespace recombine {
namespace {

/// "[d, d, ..., d]" from `place` on; returns where it ends.
char* put_row(char* place, const Colour* cells, int side) {
  *place++ = '[';
  for (int col = 0; col < side; ++col) {
    *place++ = static_cast<char>('0' + cells[col]);
    *place++ = ',';
    *place++ = ' ';
  }
  place[-2] = ']';  // over the last comma; the blank after it is dropped
  return place - 1;
}

}  // namespace

void append_grid(std::string& text, const Grid& grid) {
  const int side = grid.side();
  if (side == 0) {
    text += "[]";
    return;
  }
  // A row is 3 * side characters; every row has two more around or behind it.
  const auto bytes = static_cast<std::size_t>(side) * static_cast<std::size_t>(3 * side + 2);
  const std::size_t begin = text.size();
  text.resize(begin + bytes);
  char* place = text.data() + begin;
  *place++ = '[';
  for (int row = 0; row < side; ++row) {
    if (row > 0) {
      *place++ = ',';
      *place++ = ' ';
    }
    place = put_row(place, grid.cells().data() + static_cast<std::ptrdiff_t>(row) * side, side);
  }
  *place = ']';
}

void append_pair(std::string& text, const Grid& input, const Grid& output) {
  text += '[';
  append_grid(text, input);
  text += ", ";
  append_grid(text, output);
  text += ']';
}

Grid grid_from_json(const Json& json) {
  require_data(json.is_array() && !json.empty(), "a grid must be a list of rows");
  require_data(json.size() <= static_cast<std::size_t>(kMaxSide), "a grid has ", json.size(),
               " rows; at most ", kMaxSide, " are allowed");
  const int side = static_cast<int>(json.size());
  Grid grid(side);
  for (int row = 0; row < side; ++row) {
    const Json& cells = json[static_cast<std::size_t>(row)];
    require_data(cells.is_array() && cells.size() == json.size(), "row ", row, " of a grid of ",
                 side, " rows has ", cells.is_array() ? std::to_string(cells.size()) : "no",
                 " cells; grids must be square");
    for (int col = 0; col < side; ++col) {
      const Json& cell = cells[static_cast<std::size_t>(col)];
      const bool known = cell.is_number_integer() && cell.get<std::int64_t>() >= 0 &&
                         cell.get<std::int64_t>() < kColours;
      require_data(known, "cell ", cell.dump(), " in row ", row, ", column ", col,
                   " of a grid; cells are integers 0..9");
      grid(row, col) = cell.get<Colour>();
    }
  }
  return grid;
}

void require_one_side(const Episode& episode) {
  std::optional<int> side;
  const auto check = [&side](const Grid& grid) {
    if (!side) side = grid.side();
    require_data(grid.side() == *side, "grids of ", *side, " and of ", grid.side(),
                 " rows in one episode; all must have the same side");
  };
  for (const auto* examples : {&episode.study, &episode.spare, &episode.queries}) {
    for (const Example& example : *examples) {
      check(example.input);
      if (example.output.side() > 0) check(example.output);
    }
  }
}

}  // namespace recombine
