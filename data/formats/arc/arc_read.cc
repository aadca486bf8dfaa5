// ARC tasks, each a file of a folder, as episodes.

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/arc/arc.h"
#include "data/formats/format.h"
#include "data/formats/grid_text.h"
#include "data/formats/import_set.h"
#include "data/formats/lines.h"
#include "data/storage/folder.h"
#include "data/storage/text_file.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kTask = ".json";

bool has_output(const Json& pair) {
  return pair.is_object() && pair.contains("output") && !pair["output"].is_null();
}

Example shown_pair(const Json& pair) {
  return {kUnknownRoles, grid_from_json(member(pair, "input")),
          grid_from_json(member(pair, "output"))};
}

/// The form of re-arc, a list of pairs: the last is asked, the others are shown.
Episode episode_from_pairs(const Json& pairs) {
  require_data(!pairs.empty(), "is a list without a pair");
  Episode episode;
  for (const Json& pair : pairs) episode.study.push_back(shown_pair(pair));
  episode.queries.push_back(std::move(episode.study.back()));
  episode.study.pop_back();
  return episode;
}

Episode episode_from_task(const Json& task, const Json& solution) {
  Episode episode;
  const Json& train = member(task, "train");
  const Json& test = member(task, "test");
  require_data(train.is_array() && test.is_array(), R"("train" and "test" must be lists)");
  require_data(solution.is_null() || (solution.is_array() && solution.size() == test.size()),
               "has ", test.size(), " test inputs and ", solution.size(), " solutions");
  for (const Json& pair : train) episode.study.push_back(shown_pair(pair));
  for (std::size_t i = 0; i < test.size(); ++i) {
    Grid output;
    if (!solution.is_null()) output = grid_from_json(solution[i]);
    episode.queries.push_back(
        {kUnknownRoles, grid_from_json(member(test[i], "input")), std::move(output)});
  }
  return episode;
}

/// The outputs that a task has itself; null where no query has one.
Json own_solution(const Json& task) {
  const Json& test = member(task, "test");
  require_data(test.is_array(), "\"test\" is no list");
  Json solution = Json::array();
  for (const Json& query : test) {
    if (has_output(query)) solution.push_back(member(query, "output"));
  }
  if (solution.empty() && !test.empty()) return nullptr;
  require_data(solution.size() == test.size(), "has outputs of ", solution.size(), " of its ",
               test.size(), " test inputs; give all or none");
  return solution;
}

std::vector<fs::path> task_files(const fs::path& in) {
  if (!fs::is_directory(in)) return {in};
  std::vector<fs::path> files;
  for (const fs::path& path : visible_entries(in)) {
    if (uncompressed_name(path.filename().string()).ends_with(kTask)) files.push_back(path);
  }
  require_data(!files.empty(), in.string(), ": holds no <id>.json task");
  return files;
}

std::string id_of(const fs::path& file) {
  const std::string name = file.filename().string();
  std::string_view id = uncompressed_name(name);
  if (id.ends_with(kTask)) id.remove_suffix(kTask.size());
  return std::string(id);
}

}  // namespace

bool is_answered(const Episode& episode) {
  return std::ranges::none_of(episode.queries,
                              [](const Example& query) { return query.output.side() == 0; });
}

Episode episode_from_arc(const Json& task, std::string id) {
  Episode episode =
      task.is_array() ? episode_from_pairs(task) : episode_from_task(task, own_solution(task));
  episode.id = std::move(id);
  require_one_side(episode);
  return episode;
}

Episode episode_from_arc(const Json& challenge, const Json& solution, std::string id) {
  require_data(solution.is_array() || solution.is_null(), "its solutions are no list");
  Episode episode = episode_from_task(challenge, solution);
  episode.id = std::move(id);
  require_one_side(episode);
  return episode;
}

void ArcSet::add(const Episode& episode) {
  const bool answered = is_answered(episode);
  require_data(answered_.value_or(answered) == answered, answered ? "has" : "lacks",
               " outputs of its test inputs, and tasks before it are not so; import them apart");
  answered_ = answered;
  set_.add(episode);
}

void ArcSet::finish(std::string_view format, const ImportJob& job) {
  Json recipe = import_recipe(format, job.in);
  if (!answered_.value_or(true)) {
    recipe["import"]["answers"] = false;
    job.note(cat(job.in.string(), ": has no outputs of test inputs: imported as questions alone"));
  }
  set_.finish(recipe);
}

void import_arc(const ImportJob& job) {
  require_data(fs::exists(job.in), job.in.string(),
               ": is no folder of <id>.json tasks, and no task");
  const std::vector<fs::path> files = task_files(job.in);
  ArcSet set(job);
  std::uint64_t done = 0;
  for (const fs::path& file : files) {
    const std::string text = read_text_file(file);
    try {
      set.add(episode_from_arc(json_from_text(text), id_of(file)));
    } catch (const DataError& error) {
      throw DataError(cat(file.string(), ": ", error.what()));
    }
    job.watch(++done, files.size());
  }
  set.finish("arc", job);
}

}  // namespace recombine
