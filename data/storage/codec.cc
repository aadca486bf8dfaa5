#include "data/storage/codec.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <sstream>

#include <cereal/archives/portable_binary.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include "data/error.h"
#include "data/storage/block.h"
#include "data/storage/varint.h"

namespace recombine {

// cereal finds these by their names.
template <class Archive>
void serialize(Archive& archive, Parameter& parameter) {
  archive(parameter.name, parameter.value);
}

template <class Archive>
void serialize(Archive& archive, Rule& rule) {
  archive(rule.type, rule.parameters);
}

template <class Archive>
void serialize(Archive& archive, Indicator& indicator) {
  archive(indicator.shape, indicator.colour, indicator.row, indicator.col);
}

namespace {

constexpr std::uint8_t kLittleEndian = 1;  ///< first byte of a record, by cereal
/// The next one: kind and version.
constexpr std::uint8_t kEpisodeRecord = 1;
/// Of an episode of more than three rules, or of an order of its own.
constexpr std::uint8_t kWiderEpisodeRecord = 2;

/// Up to eight cells as one word, the first in its lowest byte.
std::uint64_t eight_cells(const std::vector<Colour>& cells, std::size_t at) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t word = 0;
  std::memcpy(&word, cells.data() + at, std::min<std::size_t>(sizeof word, cells.size() - at));
  return word;
}

/// Writes a number below 2^14 as put_varint() does; returns where it ends.
char* write_varint(char* out, std::size_t value) {
  if (value >= 0x80U) *out++ = static_cast<char>((value & 0x7fU) | 0x80U);
  *out++ = static_cast<char>(value >= 0x80U ? value >> 7U : value);
  return out;
}

/// The number of coloured cells, then gap * 10 + colour for each: grids are mostly background, so
/// it is passed over eight cells at a time.
void put_grid(std::string& bytes, const Grid& grid) {
  constexpr std::size_t kMostCells = std::size_t{kMaxSide} * kMaxSide;
  static_assert(kMostCells * kColours < (1U << 14U), "two bytes hold a gap and a colour");
  std::array<char, 2 * kMostCells> body;  // NOLINT: filled up to `end`
  char* end = body.data();
  const std::vector<Colour>& cells = grid.cells();
  std::size_t count = 0;
  std::size_t next = 0;
  for (std::size_t at = 0; at < cells.size(); at += sizeof(std::uint64_t)) {
    for (std::uint64_t word = eight_cells(cells, at); word != 0;) {
      const auto byte = static_cast<std::size_t>(std::countr_zero(word)) / 8;
      const std::size_t place = at + byte;
      end = write_varint(end, (place - next) * kColours + cells[place]);
      next = place + 1;
      word &= ~(std::uint64_t{0xff} << (8 * byte));
      ++count;
    }
  }
  std::array<char, 2> head{};
  bytes.append(head.data(), write_varint(head.data(), count));
  bytes.append(body.data(), end);
}

Grid take_grid(ByteReader& reader, int side) {
  Grid grid(side);
  std::uint32_t place = 0;
  for (std::uint32_t left = reader.varint(); left > 0; --left) {
    const std::uint32_t value = reader.varint();
    place += value / kColours;
    require_data(place < grid.cells().size(), "record: a cell lies outside its grid");
    grid.cells()[place++] = static_cast<Colour>(value % kColours);
  }
  return grid;
}

void put_examples(const std::vector<Example>& examples, std::string& roles, std::string& grids) {
  for (const Example& example : examples) {
    roles += static_cast<char>(example.roles);
    put_grid(grids, example.input);
    put_grid(grids, example.output);
  }
}

std::vector<Example> take_examples(std::string_view roles,
                                   Roles known,
                                   ByteReader& reader,
                                   int side) {
  std::vector<Example> examples;
  examples.reserve(roles.size());
  for (const char role : roles) {
    require_data(static_cast<Roles>(role) <= known, "record: roles that are none");
    Grid input = take_grid(reader, side);
    Grid output = take_grid(reader, side);
    examples.push_back({static_cast<Roles>(role), std::move(input), std::move(output)});
  }
  return examples;
}

/// Whether `order` has each of so many roles once.
bool is_order(std::string_view order, std::size_t roles) {
  unsigned seen = 0;
  for (const char role : order) {
    const auto number = static_cast<unsigned char>(role);
    if (number >= roles) return false;
    seen |= role_bit(number);
  }
  return order.empty() || (order.size() == roles && seen == first_roles(roles));
}

/// What cereal's portable archive wrote, from the front. Ours and not cereal's, which makes a
/// string as long as its length says before it looks whether so many bytes are there.
struct RecordReader {
  std::string_view left;

  std::string_view bytes(std::uint64_t count) {
    require_data(count <= left.size(), "record: ends too early");
    const std::string_view taken = left.substr(0, count);
    left.remove_prefix(count);
    return taken;
  }
  std::uint8_t byte() { return static_cast<std::uint8_t>(bytes(1).front()); }
  std::uint64_t length() { return get_u64(bytes(sizeof(std::uint64_t)), 0); }
  std::string text() { return std::string(bytes(length())); }
  int number() { return static_cast<int>(get_u32(bytes(sizeof(std::uint32_t)), 0)); }
  int number_to(int most) {
    const int value = number();
    require_data(value >= 0 && value <= most, "record: ", value, " is not from 0 to ", most);
    return value;
  }
  Rule rule() {
    Rule rule{text(), {}};
    for (std::uint64_t parameters = length(); parameters > 0; --parameters) {
      std::string name = text();
      rule.parameters.push_back({std::move(name), text()});
    }
    return rule;
  }
  Indicator indicator() {
    Indicator indicator;
    indicator.shape = text();
    indicator.colour = number_to(kColours - 1);
    indicator.row = number_to(kMaxSide - 1);
    indicator.col = number_to(kMaxSide - 1);
    return indicator;
  }
  Grammar grammar() {
    Grammar grammar;
    for (Rule* each : {&grammar.shape_rule(), &grammar.colour_rule(), &grammar.indicator_rule()})
      *each = rule();
    Indicator& indicator = grammar.indicators.at(0);
    grammar.role_shape = text();
    indicator.shape = text();
    grammar.role_colour = number_to(kColours - 1);
    indicator.colour = number_to(kColours - 1);
    indicator.row = number_to(kMaxSide - 1);
    indicator.col = number_to(kMaxSide - 1);
    return grammar;
  }
  /// What version 2 has behind the grammar of version 1.
  void further(Grammar& grammar) {
    const std::size_t roles = byte();
    require_data(roles >= kUsualRoles && roles <= kMaxRoles, "record: an episode of ", roles,
                 " rules");
    grammar.resize(roles);
    for (std::size_t role = kUsualRoles; role < roles; ++role) {
      grammar.rules[role] = rule();
      grammar.indicators[role - kFirstIndicatorRole] = indicator();
    }
    const std::string_view order = bytes(length());
    require_data(is_order(order, roles), "record: an order that has not each role once");
    for (const char role : order) grammar.order.push_back(role);
  }
};

template <class Archive>
void archive_grammar(Archive& archive, Grammar& grammar) {
  Indicator& indicator = grammar.indicators.at(0);
  archive(grammar.shape_rule(), grammar.colour_rule(), grammar.indicator_rule(), grammar.role_shape,
          indicator.shape, grammar.role_colour, indicator.colour, indicator.row, indicator.col);
}

bool is_wider(const Grammar& grammar) {
  return grammar.rules.size() > kUsualRoles || !grammar.order.empty();
}

/// What version 2 has behind the grammar of version 1.
void put_further(cereal::PortableBinaryOutputArchive& archive, const Grammar& grammar) {
  archive(static_cast<std::uint8_t>(grammar.rules.size()));
  for (std::size_t role = kUsualRoles; role < grammar.rules.size(); ++role) {
    Rule rule = grammar.rules[role];
    Indicator indicator = grammar.indicators.at(role - kFirstIndicatorRole);
    archive(rule, indicator);
  }
  std::string order;
  for (const int role : grammar.order) order += static_cast<char>(role);
  archive(order);
}

}  // namespace

std::string encode_episode(const Episode& episode) {
  std::string study;
  std::string spare;
  std::string queries;
  std::string grids;
  put_examples(episode.study, study, grids);
  put_examples(episode.spare, spare, grids);
  put_examples(episode.queries, queries, grids);
  std::ostringstream stream;
  cereal::PortableBinaryOutputArchive archive(stream);
  Grammar grammar = episode.grammar;
  const bool wider = is_wider(grammar);
  archive(wider ? kWiderEpisodeRecord : kEpisodeRecord, static_cast<std::uint8_t>(episode.side()),
          episode.attempt, episode.id);
  archive_grammar(archive, grammar);
  if (wider) put_further(archive, grammar);
  archive(study, spare, queries, grids);
  return std::move(stream).str();
}

Episode decode_episode(std::string_view record) {
  RecordReader archive{record};
  require_data(archive.byte() == kLittleEndian, "record: not an episode of a known version");
  const std::uint8_t kind = archive.byte();
  require_data(kind == kEpisodeRecord || kind == kWiderEpisodeRecord,
               "record: not an episode of a known version");
  const int side = archive.byte();
  require_data(side <= kMaxSide, "record: a side of ", side, " is too large");
  Episode episode;
  episode.attempt = archive.number();
  episode.id = archive.text();
  episode.grammar = archive.grammar();
  if (kind == kWiderEpisodeRecord) archive.further(episode.grammar);
  const std::string_view study = archive.bytes(archive.length());
  const std::string_view spare = archive.bytes(archive.length());
  const std::string_view queries = archive.bytes(archive.length());
  ByteReader reader{archive.bytes(archive.length())};
  require_data(archive.left.empty(), "record: is too long");
  const Roles known = episode.grammar.all_roles();
  episode.study = take_examples(study, known, reader, side);
  episode.spare = take_examples(spare, known, reader, side);
  episode.queries = take_examples(queries, known, reader, side);
  return episode;
}

}  // namespace recombine
