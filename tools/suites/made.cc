#include "tools/suites/made.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/create_folder.h"
#include "data/storage/file.h"
#include "data/storage/hash.h"
#include "data/storage/manifest.h"
#include "data/storage/record_set.h"
#include "generator/facts/recipe.h"
#include "generator/facts/write.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/split_run.h"
#include "generator/writer/folder.h"
#include "generator/writer/writer.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// What a folder of several sets has.
constexpr std::array<std::string_view, 2> kWholeFiles = {"split.json", kWorldFile};

/// The recipe of the episodes that a task splits.
Json wanted_recipe(const SuiteTask& task) {
  Json recipe = make_grid_source(task.grids, task.run)->recipe();
  recipe["count"] = task.run.episodes;
  return recipe;
}

bool is_of_these_options(const SuiteTask& task, const Json& recipe) {
  if (task.facts) return read_fact_recipe(recipe).config == task.world;
  const SplitRecipe split = read_split_recipe(recipe);
  Json parent = split.parent;
  parent.erase("digest");
  return split.config == task.split && parent == wanted_recipe(task);
}

/// Whether episodes were made here, or begun, when the task's file had other options.
bool holds_others(const SuiteTask& task, const fs::path& episodes) {
  Json begun = wanted_recipe(task);
  if (fs::exists(episodes / kManifestFile)) return read_manifest(episodes).recipe != begun;
  begun["shards"] = task.run.shards;
  return fs::exists(episodes / kRecipeFile) &&
         try_parse_json(read_file(episodes / kRecipeFile)) != begun;
}

/// Episodes, then their split; the episodes stay in `work` alone.
void make_grids(const SuiteTask& task,
                const fs::path& work,
                const fs::path& sets,
                const MakeOptions& options) {
  const bool anew = holds_others(task, work / "all");
  WriteOptions write{work / "all", task.run.episodes, task.run.shards, -1, options.threads, !anew,
                     anew,         options.quiet};
  GridRunConfig run = task.run;
  run.threads = options.threads;
  write_data_set(*make_grid_source(task.grids, run), write);
  split_data_set(work / "all", sets, task.split, true, options.quiet);
}

void make_sets(const SuiteTask& task,
               const fs::path& work,
               const fs::path& sets,
               const MakeOptions& options) {
  if (task.facts) {
    write_world(sets, task.world, true, options.quiet);
  } else {
    make_grids(task, work, sets, options);
  }
}

}  // namespace

bool is_made(const fs::path& folder) {
  return std::ranges::any_of(kWholeFiles,
                             [&](std::string_view file) { return fs::exists(folder / file); });
}

MadeTask read_made(const fs::path& folder) {
  require_data(is_made(folder), folder.string(), ": ",
               fs::exists(folder)
                   ? "holds no whole task of a suite (no split.json, no world.json); "
                     "remove it, and `recombine suite make` makes it again"
                   : "is not there; `recombine suite make` makes it");
  MadeTask made;
  std::string lines;
  for (const std::string& name : data_set_names(folder)) {
    const Manifest manifest = read_manifest(folder / name);
    try {
      for (const ShardInfo& shard : manifest.shards) require_shard(folder / name, shard);
    } catch (const DataError& error) {
      throw DataError(cat(error.what(), "; remove ", folder.string(),
                          ", and `recombine suite make` makes it again"));
    }
    made.sets.push_back({name, manifest.count, manifest.digest});
    lines += cat(name, " ", manifest.digest, "\n");
  }
  made.digest = "sha256:" + sha256(lines);
  return made;
}

void require_frozen(const SuiteTask& task, const MadeTask& made, const fs::path& folder) {
  if (!task.frozen) return;
  const std::string advice =
      "; it is not the suite's data: remove it, and `recombine suite make` makes it again";
  const auto set_there = [&](const FrozenTask::Set& set) {
    return std::ranges::find(made.sets, set.name, &MadeTask::Set::name);
  };
  for (const FrozenTask::Set& set : task.frozen->sets) {
    require_data(set_there(set) != made.sets.end(), folder.string(), ": task ", task.name,
                 " has no ", set.name, advice);
  }
  require_data(task.frozen->digest == made.digest, folder.string(), ": task ", task.name,
               " has the digest ", made.digest, " and not the frozen ", task.frozen->digest,
               advice);
  for (const FrozenTask::Set& set : task.frozen->sets) {
    require_data(set_there(set)->count == set.count, folder.string(), ": ", set.name, " of task ",
                 task.name, " has ", set_there(set)->count, " items and not the frozen ", set.count,
                 advice);
  }
}

void require_options(const SuiteTask& task, const fs::path& folder) {
  if (task.frozen) return;  // its digest says more
  const std::string set = data_set_names(folder).front();
  require_data(is_of_these_options(task, read_manifest(folder / set).recipe), folder.string(),
               ": was made of other options than task ", task.name,
               " has now: remove it, and `recombine suite make` makes it again");
}

MadeTask make_task(const SuiteTask& task, const fs::path& out, const MakeOptions& options) {
  const fs::path folder = out / task.name;
  const fs::path work = out / cat(".", task.name, ".work");
  if (is_made(folder)) {
    MadeTask made = read_made(folder);
    require_frozen(task, made, folder);
    require_options(task, folder);
    fs::remove_all(work);  // of a run that was killed when all but this was done
    return made;
  }
  require_data(!fs::exists(folder) || fs::is_empty(folder), folder.string(),
               ": holds no whole task, but something else; remove it, or give another --out");
  const fs::path sets = work / "sets";
  create_folder(work);
  try {
    make_sets(task, work, sets, options);
  } catch (const Interrupted&) {
    throw Interrupted("interrupted; the same command goes on where it was");
  }
  MadeTask made = read_made(sets);
  try {
    require_frozen(task, made, folder);
  } catch (const DataError&) {
    fs::remove_all(work);
    throw;
  }
  publish_folder(sets, folder);
  fs::remove_all(work);
  return made;
}

std::string digest_line(const SuiteTask& task, const MadeTask& made) {
  std::string line = cat(task.name, " ", made.digest);
  for (const MadeTask::Set& set : made.sets) line += cat(" ", set.name, "=", set.count);
  return line;
}

}  // namespace recombine
