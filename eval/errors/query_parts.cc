#include "eval/errors/query_parts.h"

#include <cstdint>

#include "data/components.h"

namespace recombine {
namespace {

/// The piece as an object; nothing where it is none that a rule can double.
std::optional<Object> object_of(const Component& piece, const Grid& grid) {
  if (piece.size() > static_cast<std::size_t>(Cells::kMostToDouble)) return std::nullopt;
  Object object{{}, grid(piece.front().row, piece.front().col)};
  for (const auto& [row, col] : piece) {
    if (grid(row, col) != object.colour) return std::nullopt;
    object.cells.insert({static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)});
  }
  return object;
}

std::optional<Object> right_result(const Object& object,
                                   std::span<const RoleRule> rules,
                                   int side) {
  std::optional<Object> now = object;
  for (const RoleRule& rule : rules) {
    if (rule.in_force && now) now = applied(rule.step, *now, side);
  }
  return now;
}

}  // namespace

std::string role_key(std::size_t role) {
  return role_bit(role) == kColourRole ? "color" : std::string(role_name(role));
}

std::optional<Object> applied(const Step& step, const Object& object, int side) {
  std::optional<Object> next = step.apply(object);
  if (!next) return std::nullopt;
  const Box box = next->cells.box();
  if (box.top < 0 || box.left < 0 || box.bottom >= side || box.right >= side) return std::nullopt;
  return next;
}

std::optional<ShownObject> shown_object(const Grid& answer, const Grid& rest) {
  ShownObject shown;
  for (int row = 0; row < rest.side(); ++row) {
    for (int col = 0; col < rest.side(); ++col) {
      const Colour colour = answer(row, col);
      if (colour == rest(row, col)) continue;
      if (rest(row, col) != 0) return std::nullopt;
      if (shown.colour != 0 && shown.colour != colour) return std::nullopt;
      shown.colour = colour;
      shown.cells.push_back({static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)});
    }
  }
  return shown;
}

bool looks_as(const Object& object, const ShownObject& shown, const Grid& rest) {
  if (object.colour == 0) return shown.cells.empty();  // it is there and not seen
  std::size_t next = 0;
  for (const Cell cell : object.cells.list()) {
    if (rest(cell.row, cell.col) != 0) continue;
    if (next == shown.cells.size() || shown.cells[next] != cell) return false;
    ++next;
  }
  return next == shown.cells.size() && (next == 0 || object.colour == shown.colour);
}

std::optional<QueryParts> find_parts(const Example& query, std::span<const RoleRule> rules) {
  if (query.output.side() != query.input.side()) return std::nullopt;
  for (const Component& piece : connected_components(query.input)) {
    const std::optional<Object> object = object_of(piece, query.input);
    if (!object) continue;
    const std::optional<Object> result = right_result(*object, rules, query.input.side());
    if (!result) continue;
    QueryParts parts{*object, query.input};
    for (const auto& [row, col] : piece) parts.rest(row, col) = 0;
    const std::optional<ShownObject> truth = shown_object(query.output, parts.rest);
    if (truth && looks_as(*result, *truth, parts.rest)) return parts;
  }
  return std::nullopt;
}

}  // namespace recombine
