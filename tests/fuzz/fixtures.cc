#include "tests/fuzz/fixtures.h"

#include <nlohmann/json.hpp>

#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/storage/prediction.h"
#include "data/storage/shard.h"
#include "generator/facts/write.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/split_run.h"
#include "generator/writer/writer.h"
#include "tests/fuzz/scratch.h"
#include "tests/places.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

fs::path make_grids(const std::string& name, std::uint64_t episodes) {
  GridConfig grids;
  grids.side = 6;
  grids.study = 2;
  grids.queries = 2;
  grids.max_shape_size = 3;
  GridRunConfig run;
  run.episodes = episodes;
  run.threads = 1;
  WriteOptions options;
  options.folder = scratch_place(name);
  options.count = episodes;
  options.threads = 1;
  options.quiet = true;
  write_data_set(*make_grid_source(grids, run), options);
  return options.folder;
}

fs::path make_split() {
  SplitConfig config;
  config.primitives = 1;
  config.compositions = 1;
  config.queries = 1;
  config.min_func_examples = 0;
  config.id_fraction = 0.2;
  fs::path out = scratch_place("fixtures/split");
  split_data_set(make_grids("fixtures/parent", 40), out, config, false, true);
  return out;
}

fs::path make_world() {
  FactConfig config;
  config.entities = 12;
  config.relations = 4;
  config.degree = 3;
  config.lambda = 1;
  config.test_fraction = 0.1;
  config.probe_items = 20;
  config.val_items = 5;
  fs::path out = scratch_place("fixtures/world");
  write_world(out, config, false, true);
  return out;
}

fs::path make_predictions() {
  const EpisodeSet data(fuzz_grids());
  PredictionMeta meta;
  meta.predictor = {.kind = "baseline", .name = "by hand"};
  meta.data_digest = data.manifest().digest;
  meta.split = "grids";
  meta.planned = 2 * data.size();
  meta.date = "2026-01-31";
  fs::path out = scratch_place("fixtures/p.jsonl");
  PredictionWriter writer(out, meta);
  for (std::size_t i = 0; i < data.size(); ++i) {
    const Episode episode = data[i];
    for (int query = 0; query < 2; ++query) {
      const Example& asked = episode.queries.at(static_cast<std::size_t>(query));
      Prediction row;
      row.item = episode.id;
      row.query = query;
      row.output = i % 3 == 0 ? asked.input : asked.output;
      if (i % 5 == 0) row.output.reset();
      if (i % 5 == 0) row.invalid = "no grid";
      if (i % 7 == 0) row.log_probability = -0.5;
      writer.write(row);
    }
  }
  writer.finish();
  return out;
}

}  // namespace

const fs::path& fuzz_grids() {
  static const fs::path kFolder = make_grids("fixtures/grids", 70);
  return kFolder;
}

const fs::path& fuzz_split() {
  static const fs::path kFolder = make_split();
  return kFolder;
}

const fs::path& fuzz_world() {
  static const fs::path kFolder = make_world();
  return kFolder;
}

const FactVocabulary& fuzz_vocabulary() {
  static const FactVocabulary kVocabulary = FactSet(fuzz_world() / "train").records().vocabulary;
  return kVocabulary;
}

const fs::path& fuzz_predictions() {
  static const fs::path kFile = make_predictions();
  return kFile;
}

std::string shard_bytes(const fs::path& set) { return read_file(set / shard_file_name(0, 1)); }

std::string golden_text(const std::string& name) {
  return read_file(fs::path(source_folder()) / "tests/golden" / name);
}

}  // namespace recombine
