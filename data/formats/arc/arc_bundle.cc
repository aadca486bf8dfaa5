// ARC tasks in two files: NAME_challenges.json and NAME_solutions.json.

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/arc/arc.h"
#include "data/formats/format.h"
#include "data/formats/import_set.h"
#include "data/formats/lines.h"
#include "data/formats/output.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kChallenges = "_challenges.json";
constexpr std::string_view kSolutions = "_solutions.json";

void export_set(const ExportJob& job, const fs::path& folder, const fs::path& base) {
  const EpisodeSet set(folder);
  AtomicFile challenges(base.string() + std::string(kChallenges));
  AtomicFile solutions(base.string() + std::string(kSolutions));
  std::string separator = "{";
  std::uint64_t done = 0;
  for (const Episode& episode : set) {
    const std::string key = separator + Json(episode.id).dump() + ": ";
    challenges.write(key + arc_challenge(episode));
    solutions.write(key + arc_solution(episode));
    separator = ", ";
    job.watch(++done, set.size());
  }
  const std::string_view end = set.empty() ? "{}\n" : "}\n";
  challenges.write(end);
  solutions.write(end);
  challenges.commit();
  solutions.commit();
}

Json read_object(const fs::path& file) {
  try {
    Json json = json_from_text(read_file(file));
    require_data(json.is_object(), "is no object of tasks");
    return json;
  } catch (const DataError& error) {
    const std::string text = error.what();
    throw DataError(text.starts_with(file.string()) ? text : cat(file.string(), ": ", text));
  }
}

fs::path solutions_beside(const fs::path& challenges) {
  std::string name = challenges.string();
  require_data(name.ends_with(kChallenges), name, ": give the file that ends in ", kChallenges);
  name.resize(name.size() - kChallenges.size());
  return name + std::string(kSolutions);
}

}  // namespace

void export_arc_bundle(const ExportJob& job) {
  OutputFolder folder(job.out, job.force);
  for (const std::string& name : data_set_names(job.folder)) {
    export_set(job, job.folder / name, folder.part() / (name.empty() ? "tasks" : name));
  }
  folder.finish();
}

void import_arc_bundle(const ImportJob& job) {
  const fs::path solutions_file = solutions_beside(job.in);
  const Json challenges = read_object(job.in);
  const Json solutions = read_object(solutions_file);
  ImportedSet set(job.out, job.force);
  std::uint64_t done = 0;
  for (const auto& [id, challenge] : challenges.items()) {
    try {
      set.add(episode_from_arc(challenge, member(solutions, id.c_str()), id));
    } catch (const DataError& error) {
      throw DataError(cat(job.in.string(), ": task ", id, ": ", error.what()));
    }
    job.watch(++done, challenges.size());
  }
  set.finish(import_recipe("arc-bundle", job.in));
}

}  // namespace recombine
