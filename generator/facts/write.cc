#include "generator/facts/write.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "data/formats/schemas.h"
#include "data/json_words.h"
#include "data/progress.h"
#include "data/storage/fact_codec.h"
#include "data/storage/file.h"
#include "data/storage/hash.h"
#include "data/storage/record_set.h"
#include "data/storage/set_writer.h"
#include "data/storage/shard.h"
#include "data/text.h"
#include "data/version.h"
#include "generator/facts/hold_out.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// Makes the world with progress on the error stream.
PoolCounts make_watched(const FactConfig& config, WorldSink& sink, const char* what, bool quiet) {
  std::optional<Progress> progress;
  PoolCounts pools = make_world(config, sink, [&](std::uint64_t done, std::uint64_t total) {
    if (!progress) progress.emplace(what, "steps", total, quiet);
    progress->update(done);
    check_interrupted("nothing was written; run it again");
  });
  if (progress) progress->finish();
  return pools;
}

/// Writes some sets of a world; items of others are passed over.
class Writers : public WorldSink {
 public:
  Writers(const FactConfig& config, const std::map<WorldSet, fs::path>& folders) : config_(config) {
    const Json vocabulary = to_json(config.vocabulary());
    for (const auto& [set, folder] : folders)
      writer(set) = std::make_unique<SetWriter>(folder, std::string(kFacts.name), vocabulary);
  }

  void put(WorldSet set, const FactItem& item) override {
    if (writer(set)) writer(set)->add(encode_fact(item));
  }

  Manifest finish(WorldSet set) { return writer(set)->finish(fact_recipe(config_, set)); }

 private:
  std::unique_ptr<SetWriter>& writer(WorldSet set) {
    return writers_.at(static_cast<std::size_t>(set));
  }

  const FactConfig& config_;
  std::array<std::unique_ptr<SetWriter>, kWorldSetNames.size()> writers_;
};

/// Keeps the digest of every set.
class Digests : public WorldSink {
 public:
  void put(WorldSet set, const FactItem& item) override {
    State& state = states_.at(static_cast<std::size_t>(set));
    state.records.push_back(encode_fact(item));
    if (state.records.size() == kBlockRecords) state.flush();
  }
  std::string digest(WorldSet set) {
    State& state = states_.at(static_cast<std::size_t>(set));
    state.flush();
    return "sha256:" + state.digest.hex_digest();
  }

 private:
  struct State {
    std::vector<std::string> records;
    Sha256 digest;

    void flush() {
      add_to_digest(digest, records);
      records.clear();
    }
  };
  std::array<State, kWorldSetNames.size()> states_;
};

std::string overlap_text(const FactConfig& config) {
  if (config.has_axis("mixed-hops"))
    return "test_first_seen and test_second_seen are test_ood in two parts; no other sets that "
           "are tested share items";
  if (config.holds_out_by_axis()) return "sets that are tested share no items with any other";
  return "val_ood and test_ood are drawn from one pool, ood_pool, and share items; val_id, "
         "test_id and train share none";
}

Json world_json(const FactConfig& config, const PoolCounts& pools, const Json& sets) {
  Json counts = Json::object();
  for (const auto& [name, count] : pools) counts[name] = count;
  return {{"schema", kWorldSchema},
          {"family", kFacts.name},
          {"seed", config.seed},
          {"options", fact_options(config)},
          {"vocabulary", to_json(config.vocabulary())},
          {"pools", counts},
          {"sets", sets},
          {"overlap", overlap_text(config)},
          {"tool", {{"version", version_text()}, {"git", git_revision()}}}};
}

/// What a world with an axis says as the split that it is too.
Json split_json(const FactConfig& config, const Json& sets) {
  Json levels = Json::object();
  for (const auto& [axis, held] : HoldOut(config).levels()) levels[axis] = {{"test", held}};
  return {{"schema", kSplitSchema},
          {"family", kFacts.name},
          {"axis", join_text(config.axis, ",")},
          {"seed", config.axis_seed},
          {"options", fact_options(config)},
          {"levels", levels},
          {"sets", sets}};
}

}  // namespace

Json write_world(const fs::path& folder, const FactConfig& config, bool force, bool quiet) {
  config.validate();
  AtomicFolder out(folder, force);
  std::map<WorldSet, fs::path> folders;
  for (const WorldSet set : world_sets(config)) folders[set] = out.part() / set_name(set);
  Writers writers(config, folders);
  const PoolCounts pools = make_watched(config, writers, "generate", quiet);
  Json sets = Json::object();
  for (const auto& [set, path] : folders) {
    const Manifest manifest = writers.finish(set);
    sets[std::string(set_name(set))] = {{"count", manifest.count}, {"digest", manifest.digest}};
  }
  Json world = world_json(config, pools, sets);
  write_file(out.part() / kWorldFile, world.dump(2) + "\n");
  if (!config.axis.empty())
    write_file(out.part() / "split.json", split_json(config, sets).dump(2) + "\n");
  out.commit();
  return world;
}

Manifest write_world_set(const fs::path& folder, const FactRecipe& recipe, bool force, bool quiet) {
  AtomicFolder out(folder, force);
  Writers writer(recipe.config, {{recipe.set, out.part()}});
  make_watched(recipe.config, writer, "generate", quiet);
  Manifest manifest = writer.finish(recipe.set);
  out.commit();
  return manifest;
}

std::optional<Json> finished_world(const fs::path& folder, const FactConfig& config) {
  if (!fs::exists(folder / kWorldFile)) return std::nullopt;
  const fs::path file = folder / kWorldFile;
  try {
    const Json world = parse_json(read_file(file));
    if (world.at("seed") != config.seed || world.at("options") != fact_options(config))
      return std::nullopt;
    const std::vector<std::string> there = data_set_names(folder);  // no name leads elsewhere
    for (const auto& [name, set] : world.at("sets").items()) {
      require_data(std::ranges::find(there, name) != there.end(), file.string(), ": says that ",
                   name, " is beside it, which is missing");
      for (const ShardInfo& shard : read_manifest(folder / name).shards)
        require_shard(folder / name, shard);
    }
    return world;
  } catch (const Json::exception& error) {
    throw DataError(cat(file.string(), ": does not describe a world (", json_words(error), ")"));
  }
}

std::vector<std::pair<WorldSet, std::string>> world_digests(const FactConfig& config, bool quiet) {
  Digests digests;
  make_watched(config, digests, "regenerate", quiet);
  std::vector<std::pair<WorldSet, std::string>> all;
  for (const WorldSet set : world_sets(config)) all.emplace_back(set, digests.digest(set));
  return all;
}

}  // namespace recombine
