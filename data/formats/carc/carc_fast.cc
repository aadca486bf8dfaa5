// The usual lines of Compositional-ARC's files, by simdjson. It says nothing of what is wrong: a
// line that it does not take is read again by carc_read.cc.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include <simdjson.h>

#include "data/formats/carc/carc.h"

namespace recombine {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kMostLevels = 16;                   ///< lines have eight
constexpr std::size_t kKeptLine = std::size_t{1} << 20U;  ///< bytes; longer ones are not usual

/// The values of exactly these keys of an object, in the order of the keys here.
template <std::size_t Count>
bool read_members(const dom::element& element,
                  const std::array<std::string_view, Count>& keys,
                  std::array<dom::element, Count>& values) {
  dom::object object;
  if (element.get(object) != simdjson::SUCCESS || object.size() != Count) return false;
  std::array<bool, Count> found{};
  for (const dom::key_value_pair field : object) {
    const auto place = static_cast<std::size_t>(std::ranges::find(keys, field.key) - keys.begin());
    if (place == Count || std::exchange(found.at(place), true)) return false;
    values.at(place) = field.value;
  }
  return true;
}

/// Printable ASCII: what else a text holds is for the other reader.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

bool read_plain_text(const dom::element& element, std::string& text) {
  std::string_view view;
  if (element.get(view) != simdjson::SUCCESS || !is_plain(view)) return false;
  text = view;
  return true;
}

/// Fills an episode; every function says whether all was as usual.
class LineFiller {
 public:
  explicit LineFiller(CarcLine& line) : line_(line) {}

  bool fill(const dom::element& root) {
    constexpr std::array<std::string_view, 3> kSplitKeys = {"study_examples", "queries",
                                                            "meta_data"};
    constexpr std::array<std::string_view, 4> kGeneratorKeys = {
        "primitive_functions", "function_compositions", "queries", "meta_data"};
    Episode& episode = line_.episode;
    std::array<dom::element, 3> split;
    std::array<dom::element, 4> parts;
    if (read_members(root, kSplitKeys, split)) {
      line_.form = CarcForm::kSplit;
      return pairs(episode.study, split[0], kUnknownRoles) && queries(split[1]) && meta(split[2]);
    }
    return read_members(root, kGeneratorKeys, parts) && sections(parts[0], 0) &&
           sections(parts[1], 3) && queries(parts[2]) && meta(parts[3]);
  }

 private:
  bool sections(const dom::element& element, std::size_t first) {
    std::array<std::string_view, 3> keys;
    for (std::size_t i = 0; i < keys.size(); ++i)
      keys.at(i) = carc_section(kStudySections.at(first + i));
    std::array<dom::element, 3> values;
    if (!read_members(element, keys, values)) return false;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!pairs(line_.episode.study, values.at(i), kStudySections.at(first + i))) return false;
    }
    return true;
  }

  bool queries(const dom::element& element) {
    const Episode& episode = line_.episode;
    return pairs(line_.episode.queries, element, episode.study.empty() ? kUnknownRoles : kAllRoles);
  }

  bool pairs(std::vector<Example>& examples, const dom::element& element, Roles roles) {
    dom::array list;
    if (element.get(list) != simdjson::SUCCESS) return false;
    examples.reserve(examples.size() + list.size());
    for (const dom::element pair : list) {
      dom::array grids;
      if (pair.get(grids) != simdjson::SUCCESS || grids.size() != 2) return false;
      Example& example = examples.emplace_back();
      example.roles = roles;
      auto place = grids.begin();
      if (!grid(*place, example.input) || !grid(*++place, example.output)) return false;
    }
    return true;
  }

  /// Of the side that the first grid of the line has.
  bool grid(const dom::element& element, Grid& read) {
    dom::array rows;
    if (element.get(rows) != simdjson::SUCCESS) return false;
    const std::size_t count = rows.size();
    if (side_ == 0) side_ = count;
    if (count == 0 || count > static_cast<std::size_t>(kMaxSide) || count != side_) return false;
    read = Grid(static_cast<int>(count));
    auto place = read.cells().begin();
    for (const dom::element row : rows) {
      dom::array cells;
      if (row.get(cells) != simdjson::SUCCESS || cells.size() != count) return false;
      for (const dom::element cell : cells) {
        std::int64_t colour = 0;
        if (cell.get(colour) != simdjson::SUCCESS || colour < 0 || colour >= kColours) return false;
        *place++ = static_cast<Colour>(colour);
      }
    }
    return true;
  }

  bool meta(const dom::element& element) {
    constexpr std::array<std::string_view, 3> kRules = {
        "shape_transformation", "color_transformation", "indicator_transformation"};
    Grammar& grammar = line_.episode.grammar;
    std::array<dom::element, 3> values;
    return read_members(element, kRules, values) && rule(values[0], grammar.shape_rule()) &&
           rule(values[1], grammar.colour_rule()) && rule(values[2], grammar.indicator_rule());
  }

  static bool rule(const dom::element& element, Rule& read) {
    constexpr std::array<std::string_view, 2> kParts = {"type", "kwargs"};
    std::array<dom::element, 2> values;
    dom::object kwargs;
    if (!read_members(element, kParts, values) || !read_plain_text(values[0], read.type) ||
        values[1].get(kwargs) != simdjson::SUCCESS)
      return false;
    for (const dom::key_value_pair field : kwargs) {
      const auto taken = std::ranges::find(read.parameters, field.key, &Parameter::name);
      if (taken != read.parameters.end() || !is_plain(field.key)) return false;
      Parameter& parameter = read.parameters.emplace_back();
      parameter.name = field.key;
      std::int64_t number = 0;
      if (field.value.get(number) == simdjson::SUCCESS) {
        parameter.value = std::to_string(number);
      } else if (!read_plain_text(field.value, parameter.value)) {
        return false;
      }
    }
    return true;
  }

  CarcLine& line_;
  std::size_t side_ = 0;  ///< of all grids; 0: none was read
};

}  // namespace

std::optional<CarcLine> fast_carc_line(std::string_view text) {
  thread_local dom::parser parser;
  const bool ready = !text.empty() && text.size() <= kKeptLine &&
                     (parser.max_depth() == kMostLevels ||
                      parser.allocate(text.size(), kMostLevels) == simdjson::SUCCESS);
  dom::element root;
  if (!ready || parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS)
    return std::nullopt;
  CarcLine line;
  if (!LineFiller(line).fill(root)) return std::nullopt;
  finish_carc_line(line);
  return line;
}

}  // namespace recombine
