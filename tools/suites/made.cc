#include "tools/suites/made.h"

#include <array>
#include <string_view>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/create_folder.h"
#include "data/storage/file.h"
#include "data/storage/hash.h"
#include "data/storage/record_set.h"
#include "generator/facts/write.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/split_run.h"
#include "generator/writer/writer.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// What a folder of several sets has.
constexpr std::array<std::string_view, 2> kWholeFiles = {"split.json", kWorldFile};

/// Episodes, then their split; the episodes stay in `work` alone.
void make_grids(const SuiteTask& task,
                const fs::path& work,
                const fs::path& sets,
                const MakeOptions& options) {
  WriteOptions write{work / "all", task.run.episodes, task.run.shards, -1, options.threads, true,
                     false,        options.quiet};
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
  for (const std::string_view file : kWholeFiles) {
    if (fs::exists(folder / file)) return true;
  }
  return false;
}

MadeTask read_made(const fs::path& folder) {
  require_data(is_made(folder), folder.string(),
               ": holds no task of a suite; `recombine suite make` makes it");
  MadeTask made;
  std::string lines;
  for (const std::string& name : data_set_names(folder)) {
    const Manifest manifest = read_manifest(folder / name);
    made.sets.push_back({name, manifest.count, manifest.digest});
    lines += cat(name, " ", manifest.digest, "\n");
  }
  made.digest = "sha256:" + sha256(lines);
  return made;
}

void require_frozen(const SuiteTask& task, const MadeTask& made, const fs::path& folder) {
  require_data(!task.frozen || task.frozen->digest == made.digest, folder.string(), ": task ",
               task.name, " has the digest ", made.digest, " and not the frozen ",
               task.frozen ? task.frozen->digest : "", "; it is not the suite's data");
}

MadeTask make_task(const SuiteTask& task, const fs::path& out, const MakeOptions& options) {
  const fs::path folder = out / task.name;
  if (is_made(folder)) {
    MadeTask made = read_made(folder);
    require_frozen(task, made, folder);
    return made;
  }
  require_data(!fs::exists(folder) || fs::is_empty(folder), folder.string(),
               ": is in use by something that is no task; remove it, or give another --out");
  const fs::path work = out / cat(".", task.name, ".work");
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
