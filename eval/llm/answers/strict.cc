#include "eval/llm/answers/strict.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "data/reading/text_encoding.h"
#include "data/text.h"
#include "eval/llm/answers/literal.h"

namespace recombine {
namespace {

constexpr std::string_view kMarker = "output";
constexpr std::string_view kFence = "```";

/// Letters and digits beyond ASCII, as far as scripts in use have them: from, to.
constexpr std::array<std::pair<std::uint32_t, std::uint32_t>, 20> kWordSigns = {{
    {0xaa, 0xaa},   {0xb5, 0xb5},     {0xba, 0xba},     {0xc0, 0xd6},     {0xd8, 0xf6},
    {0xf8, 0x2c1},  {0x370, 0x373},   {0x376, 0x37d},   {0x386, 0x481},   {0x48a, 0x556},
    {0x561, 0x587}, {0x5d0, 0x5ea},   {0x620, 0x64a},   {0x660, 0x669},   {0x904, 0x939},
    {0xe01, 0xe30}, {0x1e00, 0x1ffc}, {0x3041, 0x3096}, {0x30a1, 0x30fa}, {0x3400, 0x9fff},
}};

/// The bytes of the letter, digit or '_' at `at`; 0 for other signs.
std::size_t word_sign(std::string_view text, std::size_t at) {
  if (static_cast<unsigned char>(text[at]) < 0x80) return is_word(text[at]) ? 1 : 0;
  const std::size_t length = utf8_character(text, at);
  if (length == 0) return 0;
  std::uint32_t code = static_cast<unsigned char>(text[at]) & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i)
    code = code << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3fU);
  const bool hangul = code >= 0xac00 && code <= 0xd7a3;
  const bool letter = hangul || std::ranges::any_of(kWordSigns, [&](const auto& range) {
                        return code >= range.first && code <= range.second;
                      });
  return letter ? length : 0;
}

/// All fences; a language goes with a fence that begins a line, unless it is the marker.
std::string without_fences(std::string_view text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t fence = std::min(text.find(kFence, at), text.size());
    kept += text.substr(at, fence - at);
    if (fence == text.size()) break;
    const bool begins_line = fence == 0 || text[fence - 1] == '\n';
    at = fence + kFence.size();
    std::size_t end = at;
    for (std::size_t more = 1; end < text.size() && more > 0; end += more)
      more = word_sign(text, end);
    if (begins_line && text.substr(at, end - at) != kMarker) at = end;
  }
  return kept;
}

/// From the first '[' to its partner; nothing where there is none.
std::optional<std::string_view> bracketed(std::string_view text) {
  const std::size_t begin = text.find('[');
  int open = 0;
  for (std::size_t at = begin; at < text.size(); ++at) {
    open += text[at] == '[' ? 1 : text[at] == ']' ? -1 : 0;
    if (open == 0) return text.substr(begin, at - begin + 1);
  }
  return std::nullopt;
}

/// The colour of a cell; floats and texts that are whole numbers count, as they compare equal.
std::optional<Colour> colour_of(const Literal& cell) {
  double number = cell.number;
  if (cell.kind == Literal::Kind::kText) {
    const auto digits = parse_number<int>(cell.text);
    if (!digits) return std::nullopt;
    number = *digits;
  } else if (cell.kind != Literal::Kind::kNumber) {
    return std::nullopt;
  }
  for (int colour = 0; colour < kColours; ++colour) {
    if (number == colour) return static_cast<Colour>(colour);
  }
  return std::nullopt;
}

bool is_list_of(const Literal& literal, std::size_t count) {
  return literal.kind == Literal::Kind::kList && literal.items.size() == count;
}

std::optional<Grid> grid_of(const Literal& rows, int side) {
  Grid grid(side);
  for (int row = 0; row < side; ++row) {
    for (int col = 0; col < side; ++col) {
      const auto& cells = rows.items[static_cast<std::size_t>(row)].items;
      const auto colour = colour_of(cells[static_cast<std::size_t>(col)]);
      if (!colour) return std::nullopt;
      grid(row, col) = *colour;
    }
  }
  return grid;
}

}  // namespace

StrictReading read_strictly(std::string_view text, int side) {
  const std::string lower = lower_case(text);
  if (lower.find(kMarker) == std::string::npos) return {false, std::nullopt, "no output marker"};
  const std::string plain = without_fences(trim(lower));
  const std::size_t marker = plain.find(kMarker);
  if (marker == std::string::npos) return {false, std::nullopt, "no output marker"};
  const auto list = bracketed(std::string_view(plain).substr(marker + kMarker.size()));
  if (!list) return {false, std::nullopt, "no closed list behind the marker"};
  const auto literal = parse_literal(*list);
  if (!literal) return {false, std::nullopt, "not a literal"};
  const auto count = static_cast<std::size_t>(side);
  const bool square =
      is_list_of(*literal, count) && std::ranges::all_of(literal->items, [&](const Literal& row) {
        return is_list_of(row, count);
      });
  if (!square) return {false, std::nullopt, "wrong size"};
  auto grid = grid_of(*literal, side);
  const char* reason = grid ? "" : "cell not 0..9";
  return {true, std::move(grid), reason};
}

}  // namespace recombine
