#include "python/bindings/arrays.h"

#include <algorithm>

#include "data/error.h"
#include "data/storage/codec.h"
#include "data/storage/fact_codec.h"

namespace recombine::python {
namespace {

std::size_t cells_of(int side) {
  return static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
}

/// Writes the cells behind each other; returns where they end. A question alone has no output.
std::uint8_t* put(std::uint8_t* out, const Grid& grid, int side) {
  if (grid.side() == 0) return std::fill_n(out, cells_of(side), std::uint8_t{0});
  return std::ranges::copy(grid.cells(), out).out;
}

void put_pairs(std::uint8_t* out, std::span<const Example> examples, int side) {
  for (const Example& example : examples)
    out = put(put(out, example.input, side), example.output, side);
}

EpisodeSizes sizes_of(const Episode& episode) {
  return {episode.study.size(), episode.queries.size(), static_cast<std::size_t>(episode.side())};
}

std::string text_of(const EpisodeSizes& sizes) {
  return cat(sizes.study, " study pairs and ", sizes.queries, " queries of side ", sizes.side);
}

}  // namespace

ByteArray pairs_array(std::span<const Example> examples, int side) {
  const auto length = static_cast<std::size_t>(side);
  Filled<std::uint8_t> filled({examples.size(), 2, length, length});
  put_pairs(filled.numbers.get(), examples, side);
  return filled.array();
}

ByteArray roles_array(std::span<const Example> examples) {
  Filled<std::uint8_t> filled({examples.size()});
  std::ranges::transform(examples, filled.numbers.get(), &Example::roles);
  return filled.array();
}

ByteArray grid_array(const Grid& grid) {
  const auto length = static_cast<std::size_t>(grid.side());
  Filled<std::uint8_t> filled({length, length});
  std::ranges::copy(grid.cells(), filled.numbers.get());
  return filled.array();
}

EpisodeBatch::EpisodeBatch(std::span<const std::string> records, int threads)
    : EpisodeBatch(records,
                   sizes_of(records.empty() ? Episode{} : decode_episode(records.front())),
                   threads) {}

EpisodeBatch::EpisodeBatch(std::span<const std::string> records,
                           const EpisodeSizes& sizes,
                           int threads)
    : study({records.size(), sizes.study, 2, sizes.side, sizes.side}),
      queries({records.size(), sizes.queries, 2, sizes.side, sizes.side}),
      roles({records.size(), sizes.study}) {
  const auto side = static_cast<int>(sizes.side);
  const std::size_t pair = 2 * cells_of(side);
  for_parts(records.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Episode episode = decode_episode(records[i]);
      const EpisodeSizes own = sizes_of(episode);
      require(own == sizes, "batch: ", episode.id, " has ", text_of(own), ", and the first has ",
              text_of(sizes), "; items of one batch must be alike");
      put_pairs(study.numbers.get() + i * sizes.study * pair, episode.study, side);
      put_pairs(queries.numbers.get() + i * sizes.queries * pair, episode.queries, side);
      std::ranges::transform(episode.study, roles.numbers.get() + i * sizes.study, &Example::roles);
    }
  });
}

FactBatch::FactBatch(std::span<const std::string> records,
                     const FactVocabulary& vocabulary,
                     int threads)
    : tokens({0, 0}),
      lengths({records.size()}),
      prompts({records.size()}),
      types({records.size()}) {
  std::vector<FactItem> items(records.size());
  for_parts(records.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) items[i] = decode_fact(records[i], vocabulary);
  });
  std::size_t longest = 0;
  for (const FactItem& item : items) longest = std::max(longest, item.tokens.size());
  tokens = Filled<std::int32_t>({records.size(), longest});
  std::fill_n(tokens.numbers.get(), records.size() * longest, -1);
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::ranges::transform(items[i].tokens, tokens.numbers.get() + i * longest,
                           [](Token token) { return static_cast<std::int32_t>(token); });
    lengths.numbers[i] = static_cast<std::int32_t>(items[i].tokens.size());
    prompts.numbers[i] = items[i].prompt;
    types.numbers[i] = static_cast<std::int32_t>(items[i].type);
  }
}

}  // namespace recombine::python
