#include "data/storage/codec.h"

#include <sstream>

#include <cereal/archives/portable_binary.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include "data/error.h"
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

namespace {

constexpr std::uint8_t kEpisodeRecord = 1;  ///< first byte of a record: kind and version

/// The number of coloured cells, then gap * 10 + colour for each: boards are mostly background.
void put_grid(std::string& bytes, const Grid& grid) {
  const std::size_t count_at = bytes.size();
  bytes += '\0';
  std::uint32_t count = 0;
  std::uint32_t gap = 0;
  std::string wide;
  for (const Colour colour : grid.cells()) {
    if (colour == 0) {
      ++gap;
      continue;
    }
    put_varint(bytes, gap * kColours + colour);
    gap = 0;
    ++count;
  }
  if (count < 0x80U) {
    bytes[count_at] = static_cast<char>(count);
  } else {
    put_varint(wide, count);
    bytes.replace(count_at, 1, wide);
  }
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

std::vector<Example> take_examples(std::string_view roles, ByteReader& reader, int side) {
  std::vector<Example> examples;
  examples.reserve(roles.size());
  for (const char role : roles) {
    Grid input = take_grid(reader, side);
    Grid output = take_grid(reader, side);
    examples.push_back({static_cast<Roles>(role), std::move(input), std::move(output)});
  }
  return examples;
}

template <class Archive>
void archive_grammar(Archive& archive, Grammar& grammar) {
  archive(grammar.shape_rule, grammar.colour_rule, grammar.indicator_rule, grammar.role_shape,
          grammar.indicator_shape, grammar.role_colour, grammar.indicator_colour,
          grammar.indicator_row, grammar.indicator_col);
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
  archive(kEpisodeRecord, static_cast<std::uint8_t>(episode.side()), episode.attempt, episode.id);
  archive_grammar(archive, grammar);
  archive(study, spare, queries, grids);
  return std::move(stream).str();
}

Episode decode_episode(std::string_view record) {
  std::istringstream stream{std::string(record)};
  try {
    cereal::PortableBinaryInputArchive archive(stream);
    std::uint8_t kind = 0;
    std::uint8_t side = 0;
    Episode episode;
    archive(kind, side);
    require_data(kind == kEpisodeRecord, "record: not an episode of a known version");
    require_data(side <= kMaxSide, "record: a side of ", static_cast<int>(side), " is too large");
    archive(episode.attempt, episode.id);
    archive_grammar(archive, episode.grammar);
    std::string study;
    std::string spare;
    std::string queries;
    std::string grids;
    archive(study, spare, queries, grids);
    ByteReader reader{grids};
    episode.study = take_examples(study, reader, side);
    episode.spare = take_examples(spare, reader, side);
    episode.queries = take_examples(queries, reader, side);
    return episode;
  } catch (const cereal::Exception&) {
    throw DataError("record: ends too early");
  }
}

}  // namespace recombine
