#include "generator/verify.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "data/error.h"
#include "data/progress.h"
#include "data/set_names.h"
#include "data/storage/hash.h"
#include "data/storage/record_set.h"
#include "data/storage/shard.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kAdvice = "run it again";

std::string check_checksums(const RecordSet& set) {
  for (const ShardInfo& shard : set.manifest().shards) {
    check_interrupted(kAdvice);
    require_shard(set.folder(), shard);
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

/// Whether the sets are named as those of a split or a world: a folder of imports, put together by
/// hand, has no file that says so.
bool named_as_split(const std::vector<std::string>& names) {
  const auto asks = [](const std::string& name) {
    return name.starts_with("val") || name.starts_with("test");
  };
  return std::ranges::find(names, kTrainSet) != names.end() && std::ranges::any_of(names, asks);
}

class Verification {
 public:
  Verification(fs::path folder, const VerifyOptions& options)
      : folder_(std::move(folder)), options_(options) {}

  std::vector<Check> run() {
    const std::vector<std::string> names = data_set_names(folder_);
    for (const std::string& name : names) check_set(name);
    for (const GeneratedFamily& made : generated_families()) {
      // A world with an axis has a split.json beside its own file.
      const bool own = verifiers_.contains(std::string(made.family.name));
      const bool others = !verifiers_.empty() && !own;
      const bool described = fs::exists(folder_ / made.folder_file);
      if (!others && (described || (own && named_as_split(names))))
        made.check_folder(folder_, names, options_, run_check());
    }
    return std::move(checks_);
  }

 private:
  /// Runs `run`, which returns its detail; an error is a failed check. Returns whether it is ok.
  bool check(const std::string& name, const std::function<std::string()>& run) {
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

  RunCheck run_check() {
    return [this](const std::string& name, const std::function<std::string()>& run) {
      return check(name, run);
    };
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
    verifier_of(set->manifest().family).check_set(folder, prefix, run_check());
  }

  FamilyVerifier& verifier_of(const std::string& family) {
    std::unique_ptr<FamilyVerifier>& verifier = verifiers_[family];
    if (!verifier) verifier = generated_family(family).verifier(options_);
    return *verifier;
  }

  fs::path folder_;
  VerifyOptions options_;
  std::map<std::string, std::unique_ptr<FamilyVerifier>> verifiers_;
  std::vector<Check> checks_;
};

}  // namespace

std::vector<Check> verify_folder(const fs::path& folder, const VerifyOptions& options) {
  return Verification(folder, options).run();
}

}  // namespace recombine
