// ARC tasks in two files: NAME_challenges.json and NAME_solutions.json.

#include <optional>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/arc/arc.h"
#include "data/formats/format.h"
#include "data/formats/import_set.h"
#include "data/formats/lines.h"
#include "data/formats/output.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/storage/folder.h"
#include "data/storage/text_file.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kChallenges = "_challenges.json";
constexpr std::string_view kSolutions = "_solutions.json";

void export_set(const ExportJob& job, const fs::path& folder, const fs::path& base) {
  const EpisodeSet set(folder);
  const bool answered = has_answers(set.manifest());
  AtomicFile challenges(base.string() + std::string(kChallenges));
  std::optional<AtomicFile> solutions;
  if (answered) solutions.emplace(base.string() + std::string(kSolutions));
  std::string separator = "{";
  std::uint64_t done = 0;
  for (const Episode& episode : set) {
    const std::string key = separator + Json(episode.id).dump() + ": ";
    challenges.write(key + arc_challenge(episode));
    if (solutions) solutions->write(key + arc_solution(episode));
    separator = ", ";
    job.watch(++done, set.size());
  }
  const std::string_view end = set.empty() ? "{}\n" : "}\n";
  challenges.write(end);
  if (solutions) solutions->write(end);
  challenges.commit();
  if (solutions) solutions->commit();
}

Json read_object(const fs::path& file) {
  try {
    Json json = json_from_text(read_text_file(file));
    require_data(json.is_object(), "is no object of tasks");
    return json;
  } catch (const DataError& error) {
    const std::string text = error.what();
    throw DataError(text.starts_with(file.string()) ? text : cat(file.string(), ": ", text));
  }
}

/// Where the solutions are; nothing where there are none.
std::optional<fs::path> solutions_beside(const fs::path& challenges) {
  const std::string path = challenges.string();
  std::string name(uncompressed_name(path));
  require_data(name.ends_with(kChallenges), path, ": give the file that ends in ", kChallenges);
  name.resize(name.size() - kChallenges.size());
  const fs::path solutions = compressed_or_plain(name + std::string(kSolutions));
  if (!fs::exists(solutions)) return std::nullopt;
  return solutions;
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
  const std::optional<fs::path> solutions_file = solutions_beside(job.in);
  const Json challenges = read_object(job.in);
  const Json solutions = solutions_file ? read_object(*solutions_file) : Json();
  ArcSet set(job);
  std::uint64_t done = 0;
  for (const auto& [id, challenge] : challenges.items()) {
    try {
      const Json solution = solutions_file ? member(solutions, id.c_str()) : Json();
      set.add(episode_from_arc(challenge, solution, id));
    } catch (const DataError& error) {
      throw DataError(cat(job.in.string(), ": task ", id, ": ", error.what()));
    }
    job.watch(++done, challenges.size());
  }
  set.finish("arc-bundle", job);
}

}  // namespace recombine
