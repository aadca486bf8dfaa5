#include "generator/grids/verify.h"

#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "data/codec.h"
#include "data/dataset.h"
#include "data/error.h"
#include "data/file.h"
#include "data/hash.h"
#include "data/progress.h"
#include "data/shard.h"
#include "generator/grids/grid_source.h"
#include "generator/grids/regenerate.h"
#include "generator/grids/solver.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// Runs `check`, which returns its detail; a DataError is a failed check.
template <class Run>
Check run_check(const std::string& name, const Run& run) {
  try {
    return {name, true, run()};
  } catch (const DataError& error) {
    return {name, false, error.what()};
  } catch (const InputError& error) {
    return {name, false, error.what()};
  }
}

std::string check_checksums(const fs::path& folder, const Manifest& manifest) {
  for (const ShardInfo& shard : manifest.shards) {
    const fs::path file = folder / shard.file;
    const std::string sum = "xxh3:" + hex(xxh3_file(file));
    require_data(sum == shard.checksum, file.string(), ": checksum is ", sum,
                 "; the manifest says ", shard.checksum);
  }
  return cat(manifest.shards.size(), " shards");
}

std::string check_digest(const fs::path& folder, const Manifest& manifest) {
  Sha256 digest;
  for (const ShardInfo& shard : manifest.shards) {
    const ShardReader reader(folder / shard.file);
    for (std::size_t block = 0; block < reader.blocks(); ++block)
      add_to_digest(digest, reader.block(block));
  }
  std::string text = "sha256:" + digest.hex_digest();
  require_data(text == manifest.digest, folder.string(), ": digest is ", text,
               "; the manifest says ", manifest.digest);
  return text;
}

/// Indices of the episodes to look at: all, the first ones, or some spread evenly.
std::vector<std::size_t> chosen(std::size_t size, bool all, bool first) {
  std::vector<std::size_t> indices;
  const std::size_t count = all ? size : std::min<std::size_t>(size, kSampledEpisodes);
  for (std::size_t i = 0; i < count; ++i) indices.push_back(all || first ? i : i * size / count);
  return indices;
}

std::string check_regeneration(const EpisodeSet& set, const VerifyOptions& options) {
  const auto regenerator = make_regenerator(set.manifest().recipe);
  if (!regenerator) return "not made from a recipe: nothing to compare with";
  const auto indices = chosen(set.size(), options.all, regenerator->in_order());
  Progress progress("regenerate", "episodes", indices.size(), options.quiet);
  for (std::size_t i = 0; i < indices.size(); ++i) {
    progress.update(i);
    const Episode stored = set[indices[i]];
    require_data(regenerator->record_of(stored) == encode_episode(stored), set.folder().string(),
                 ": ", stored.id, " is not what its recipe gives");
  }
  return cat(indices.size(), " of ", set.size(), " episodes made again, equal");
}

std::string check_answers(const EpisodeSet& set, const VerifyOptions& options) {
  const auto says_roles = [](const Episode& episode) {
    return std::ranges::any_of(episode.study,
                               [](const Example& e) { return e.roles != kUnknownRoles; });
  };
  if (set.empty() || !says_roles(set[0]))
    return "the study pairs do not say which rules they show: nothing to solve";
  const RuleSpace space = rules_of(grids_of(set.manifest().recipe));
  const auto indices = chosen(set.size(), options.all, false);
  Progress progress("solve", "episodes", indices.size(), options.quiet);
  int queries = 0;
  std::uint64_t unique = 0;
  for (std::size_t i = 0; i < indices.size(); ++i) {
    progress.update(i);
    const Episode episode = set[indices[i]];
    const Determination found = determine(episode, space);
    require_data(found.programs > 0, set.folder().string(), ": ", episode.id,
                 ": no three rules explain its study pairs");
    require_data(found.solved == found.queries, set.folder().string(), ": ", episode.id,
                 ": the solver's answer differs in ", found.queries - found.solved, " queries");
    unique += found.programs == 1 ? 1 : 0;
    queries += found.queries;
  }
  return cat(queries, " queries of ", indices.size(), " episodes solved; ", unique,
             " episodes have one program only");
}

std::string check_overlap(const fs::path& folder, const std::vector<std::string>& names) {
  std::map<std::string, std::string> seen;
  std::map<std::string, std::string> grids;
  std::set<std::string> trained;
  std::set<std::string> held_out;
  std::uint64_t shared_grids = 0;
  for (const std::string& name : names) {
    for (const Episode& episode : EpisodeSet(folder / name)) {
      const auto [place, fresh] = seen.emplace(episode.id, name);
      require_data(fresh, folder.string(), ": ", episode.id, " is in ", place->second, " and in ",
                   name);
      (name.ends_with("_ood") ? held_out : trained).insert(triplet(episode.grammar));
      Episode content = episode;
      content.id.clear();
      const auto [same, first] = grids.emplace(sha256(encode_episode(content)), name);
      shared_grids += first || same->second == name ? 0 : 1;
    }
  }
  for (const std::string& triplet : held_out) {
    require_data(!trained.contains(triplet), folder.string(), ": ", triplet,
                 " is held out and trained");
  }
  require_data(shared_grids == 0, folder.string(), ": ", shared_grids,
               " episodes are equal across sets");
  return cat(seen.size(), " episodes in ", names.size(), " sets, none in two; ", held_out.size(),
             " triplets held out, ", trained.size(), " trained");
}

void verify_set(const fs::path& folder,
                const std::string& label,
                const VerifyOptions& options,
                std::vector<Check>& checks) {
  const std::string prefix = label.empty() ? "" : label + ": ";
  checks.push_back(
      run_check(prefix + "shards", [&] { return cat(EpisodeSet(folder).size(), " records"); }));
  if (!checks.back().ok) return;
  const EpisodeSet set(folder);
  checks.push_back(
      run_check(prefix + "checksums", [&] { return check_checksums(folder, set.manifest()); }));
  checks.push_back(
      run_check(prefix + "digest", [&] { return check_digest(folder, set.manifest()); }));
  if (!checks.back().ok) return;
  checks.push_back(
      run_check(prefix + "regeneration", [&] { return check_regeneration(set, options); }));
  checks.push_back(run_check(prefix + "answers", [&] { return check_answers(set, options); }));
}

}  // namespace

std::vector<Check> verify_folder(const fs::path& folder, const VerifyOptions& options) {
  const std::vector<std::string> names = data_set_names(folder);
  std::vector<Check> checks;
  for (const std::string& name : names) verify_set(folder / name, name, options, checks);
  if (fs::exists(folder / "split.json")) {
    checks.push_back(run_check("overlap", [&] { return check_overlap(folder, names); }));
  }
  return checks;
}

}  // namespace recombine
