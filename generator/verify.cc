#include "generator/verify.h"

#include <algorithm>
#include <optional>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/hash.h"
#include "data/storage/record_set.h"
#include "data/storage/shard.h"
#include "generator/facts/stored_world.h"
#include "generator/facts/verify.h"
#include "generator/facts/write.h"
#include "generator/grids/check/verify.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kAdvice = "run it again";

std::string check_checksums(const RecordSet& set) {
  for (const ShardInfo& shard : set.manifest().shards) {
    check_interrupted(kAdvice);
    const fs::path file = set.folder() / shard.file;
    const std::string sum = "xxh3:" + hex(xxh3_file(file));
    require_data(sum == shard.checksum, file.string(), ": checksum is ", sum,
                 "; the manifest says ", shard.checksum);
  }
  return cat(set.manifest().shards.size(), " shards");
}

std::string check_digest(const RecordSet& set) {
  Sha256 digest;
  for (const ShardInfo& shard : set.manifest().shards) {
    const ShardReader reader(set.folder() / shard.file);
    for (std::size_t block = 0; block < reader.blocks(); ++block) {
      check_interrupted(kAdvice);
      add_to_digest(digest, reader.block(block));
    }
  }
  std::string text = "sha256:" + digest.hex_digest();
  require_data(text == set.manifest().digest, set.folder().string(), ": digest is ", text,
               "; the manifest says ", set.manifest().digest);
  return text;
}

class Verification {
 public:
  Verification(fs::path folder, const VerifyOptions& options)
      : folder_(std::move(folder)), options_(options), worlds_(options.quiet) {}

  std::vector<Check> run() {
    const std::vector<std::string> names = data_set_names(folder_);
    for (const std::string& name : names) check_set(name);
    if (fs::exists(folder_ / "split.json")) {
      check("split.json", [&] { return check_split_file(folder_, names); });
      check("overlap", [&] { return check_split(folder_, names); });
    }
    if (fs::exists(folder_ / kWorldFile)) check_world(names);
    return std::move(checks_);
  }

 private:
  /// Runs `run`, which returns its detail; an error is a failed check. Returns whether it is ok.
  template <class Run>
  bool check(const std::string& name, const Run& run) {
    check_interrupted(kAdvice);
    try {
      checks_.push_back({name, true, run()});
    } catch (const DataError& error) {
      checks_.push_back({name, false, error.what()});
    } catch (const InputError& error) {
      checks_.push_back({name, false, error.what()});
    }
    return checks_.back().ok;
  }

  void check_set(const std::string& name) {
    const fs::path folder = name.empty() ? folder_ : folder_ / name;
    const std::string prefix = name.empty() ? "" : name + ": ";
    std::optional<RecordSet> set;
    const auto open = [&] {
      set.emplace(folder, read_manifest(folder).family);
      return cat(set->size(), " records");
    };
    if (!check(prefix + "shards", open)) return;
    check(prefix + "checksums", [&] { return check_checksums(*set); });
    if (!check(prefix + "digest", [&] { return check_digest(*set); })) return;
    if (set->manifest().family == EpisodeRecords::kFamily) {
      const EpisodeSet episodes(folder);
      check(prefix + "regeneration", [&] { return check_episodes(episodes, options_); });
      check(prefix + "answers", [&] { return check_answers(episodes, options_); });
    }
    if (set->manifest().family == FactRecords::kFamily) {
      check(prefix + "regeneration", [&] { return worlds_.check(set->manifest()); });
      check(prefix + "answers", [&] { return check_fact_answers(FactSet(folder)); });
    }
  }

  /// Whether a set's manifest says so; one that is damaged, which its own check tells, does not.
  bool is_imported(const std::string& name) const {
    try {
      return !read_manifest(folder_ / name).recipe.contains("options");
    } catch (const DataError&) {
      return false;
    }
  }

  void check_world(const std::vector<std::string>& names) {
    if (std::ranges::any_of(names, [&](const std::string& name) { return is_imported(name); })) {
      check("facts", [] { return "imported: the world behind the sets is not known"; });
      return;
    }
    std::optional<StoredWorld> world;
    const auto open = [&] {
      world.emplace(folder_, names);
      return world->check_facts();
    };
    if (!check("facts", open)) return;
    check("world.json", [&] { return world->check_description(); });
    check("paths", [&] { return world->check_paths(); });
    check("pools", [&] { return world->check_pools(); });
    check("probes", [&] { return world->check_probes(); });
    check("overlap", [&] { return world->check_overlap(); });
  }

  fs::path folder_;
  VerifyOptions options_;
  WorldMaker worlds_;
  std::vector<Check> checks_;
};

}  // namespace

std::vector<Check> verify_folder(const fs::path& folder, const VerifyOptions& options) {
  return Verification(folder, options).run();
}

}  // namespace recombine
