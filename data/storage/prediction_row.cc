#include "data/storage/prediction_row.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

#include <nlohmann/json.hpp>

#include "data/json.h"

namespace recombine {
namespace {

/// Takes pieces from the front of a line; each says whether it was there.
struct LineReader {
  std::string_view line;

  bool text(std::string_view expected) {
    if (!line.starts_with(expected)) return false;
    line.remove_prefix(expected.size());
    return true;
  }

  /// Up to the next quotation mark, of characters that stand for themselves.
  bool plain_string(std::string& value) {
    const std::size_t end = line.find('"');
    if (end == std::string_view::npos) return false;
    for (const char c : line.substr(0, end)) {
      if (c == '\\' || c < ' ' || c > '~') return false;
    }
    value = line.substr(0, end);
    line.remove_prefix(end + 1);
    return true;
  }

  /// A number up to `end`, which is taken too. What is a number is for JSON to say.
  template <class Number>
  bool number(char end, Number& value, bool (Json::*is_kind)() const noexcept) {
    const std::size_t length = line.find(end);
    if (length == std::string_view::npos) return false;
    const Json json = try_parse_json(line.substr(0, length));
    if (!(json.*is_kind)()) return false;
    value = json.get<Number>();
    line.remove_prefix(length + 1);
    return true;
  }

  bool digit(Colour& value) {
    if (line.empty() || line.front() < '0' || line.front() > '9') return false;
    value = static_cast<Colour>(line.front() - '0');
    line.remove_prefix(1);
    return true;
  }

  /// A square of digits: [[1,0],[0,2]].
  bool grid(std::optional<Grid>& value) {
    const std::size_t width = line.find(']');  // "[[1,0": two a cell, and the outer bracket
    if (width == std::string_view::npos || width < 3 || width % 2 == 0) return false;
    const int side = static_cast<int>((width - 1) / 2);
    if (side > kMaxSide) return false;
    Grid& grid = value.emplace(side);
    for (int row = 0; row < side; ++row) {
      for (int col = 0; col < side; ++col) {
        const std::string_view before = col > 0 ? "," : row > 0 ? ",[" : "[[";
        if (!text(before) || !digit(grid(row, col))) return false;
      }
      if (!text("]")) return false;
    }
    return text("]");
  }
};

}  // namespace

std::optional<Prediction> read_plain_row(std::string_view line) {
  LineReader reader{line};
  Prediction row;
  const auto query = [&] {
    std::uint64_t number = 0;
    const bool read = reader.number(',', number, &Json::is_number_unsigned);
    row.query = static_cast<int>(number);
    return read && number <= std::numeric_limits<int>::max();
  };
  const auto log_probability = [&] {
    if (reader.text("null}")) return true;
    return reader.number('}', row.log_probability.emplace(), &Json::is_number);
  };
  const bool plain = reader.text(R"({"item":")") && reader.plain_string(row.item) &&
                     reader.text(R"(,"query":)") && query() && reader.text(R"("output":)") &&
                     reader.grid(row.output) &&
                     reader.text(R"(,"invalid":null,"log_probability":)") && log_probability();
  if (!plain || !reader.line.empty()) return std::nullopt;
  return row;
}

}  // namespace recombine
