// The class Source, and what gives one: options, a world, a folder.

#include <numeric>

#include "python/bindings/arrays.h"
#include "python/bindings/grid_stream.h"
#include "python/bindings/items.h"
#include "python/bindings/options.h"
#include "python/bindings/parts.h"
#include "python/bindings/world.h"
#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/record_set.h"
#include "generator/facts/write.h"
#include "generator/writer/writer.h"

namespace nb = nanobind;

namespace recombine::python {
namespace {

using Indices = nb::ndarray<const std::uint64_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

std::span<const std::uint64_t> span_of(const Indices& indices) {
  return {indices.data(), indices.size()};
}

std::vector<std::string> records_at(ItemSource& source,
                                    std::span<const std::uint64_t> indices,
                                    int threads) {
  const nb::gil_scoped_release unlocked;
  return source.records(indices, threads);
}

nb::object item_of(ItemSource& source, std::string_view record) {
  if (auto origin = source.episode_origin()) return nb::cast(episode_of(record, std::move(origin)));
  return nb::cast(fact_of(record, source.fact_origin()));
}

nb::list items_at(ItemSource& source, const Indices& indices, int threads) {
  nb::list items;
  for (const std::string& record : records_at(source, span_of(indices), threads))
    items.append(item_of(source, record));
  return items;
}

template <class Batch, class... Arguments>
Batch made_unlocked(const Arguments&... arguments) {
  const nb::gil_scoped_release unlocked;
  return Batch(arguments...);
}

nb::dict batch_at(ItemSource& source, const Indices& indices, int threads) {
  const std::vector<std::string> records = records_at(source, span_of(indices), threads);
  nb::dict arrays;
  if (source.family() == kGrids.name) {
    auto batch = made_unlocked<EpisodeBatch>(records, threads);
    arrays["study"] = batch.study.array();
    arrays["queries"] = batch.queries.array();
    arrays["roles"] = batch.roles.array();
  } else {
    auto batch = made_unlocked<FactBatch>(records, source.fact_origin()->vocabulary, threads);
    arrays["tokens"] = batch.tokens.array();
    arrays["length"] = batch.lengths.array();
    arrays["prompt"] = batch.prompts.array();
    arrays["type"] = batch.types.array();
  }
  return arrays;
}

std::string digest_at(ItemSource& source, std::uint64_t count, int threads) {
  const nb::gil_scoped_release unlocked;
  return digest_of(source, count, threads);
}

nb::tuple grid_stream(const Words& words) {
  Remarks remarks;
  const GridOptions options = read_grid_options(words, remarks);
  auto stream = std::make_shared<GridStream>(options);
  return nb::make_tuple(stream, changed_words(options), remarks, options.run.threads);
}

/// The options that are no defaults, remarks, and the names of the world's sets.
nb::tuple fact_options(const Words& words) {
  Remarks remarks;
  const FactConfig config = read_fact_options(words, remarks);
  return nb::make_tuple(changed_words(config), remarks, set_names_of(config));
}

std::shared_ptr<World> make_facts(const Words& words) {
  Remarks remarks;
  const FactConfig config = read_fact_options(words, remarks);
  const nb::gil_scoped_release unlocked;
  return std::make_shared<World>(config);
}

std::string save_grids(const GridStream& stream,
                       const std::string& folder,
                       std::uint64_t episodes,
                       std::optional<int> shards,
                       bool force) {
  const nb::gil_scoped_release unlocked;
  GridRunConfig run = stream.options().run;
  run.episodes = episodes;
  run.shards = shards.value_or(run.shards);
  run.validate();
  WriteOptions write;
  write.folder = folder;
  write.count = run.episodes;
  write.shards = run.shards;
  write.force = force;
  write.quiet = true;
  return write_data_set(*stream.writer_source(episodes), write)->digest;
}

void add_source_class(nb::module_& module) {
  nb::class_<ItemSource>(module, "Source", "Items by index. What the data sets are made of.")
      .def_prop_ro("family", &ItemSource::family)
      .def_prop_ro("recipe", &ItemSource::recipe, "JSON text.")
      .def_prop_ro(
          "size",
          [](const ItemSource& self) -> std::optional<std::uint64_t> {
            if (self.size() == kEndless) return std::nullopt;
            return self.size();
          },
          "How many items there are; None where there is no end.")
      .def_prop_ro("known_digest", &ItemSource::known_digest)
      .def_prop_ro(
          "vocabulary",
          [](const ItemSource& self) {
            const auto origin = self.fact_origin();
            return origin ? to_json(origin->vocabulary).dump() : std::string();
          },
          "JSON text; '' for grids.")
      .def("items", &items_at, nb::arg("indices"), nb::arg("threads"))
      .def("batch", &batch_at, nb::arg("indices"), nb::arg("threads"))
      .def("digest", &digest_at, nb::arg("count"), nb::arg("threads"));
}

}  // namespace

void add_sources(nb::module_& module) {
  add_source_class(module);
  nb::class_<GridStream, ItemSource>(module, "GridStream")
      .def("save", &save_grids, nb::arg("folder"), nb::arg("episodes"), nb::arg("shards").none(),
           nb::arg("force"));
  nb::class_<World>(module, "World").def("set", &World::set, nb::arg("name"));
  module.def("grid_stream", &grid_stream, nb::arg("words"),
             "The stream, its options that are no defaults, remarks, and --threads.");
  module.def("fact_options", &fact_options, nb::arg("words"));
  module.def("make_facts", &make_facts, nb::arg("words"));
  module.def("save_facts", [](const Words& words, const std::string& folder, bool force) {
    Remarks remarks;
    const FactConfig config = read_fact_options(words, remarks);
    const nb::gil_scoped_release unlocked;
    return write_world(folder, config, force, true).dump();
  });
  module.def("open_stored", &open_stored, nb::arg("folder"));
  module.def(
      "data_set_names", [](const std::string& folder) { return data_set_names(folder); },
      nb::arg("folder"), "Names of the data sets below a folder; [''] for one itself.");
}

}  // namespace recombine::python
