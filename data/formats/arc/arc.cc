#include "data/formats/arc/arc.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/format.h"
#include "data/formats/grid_text.h"
#include "data/formats/import_set.h"
#include "data/formats/lines.h"
#include "data/formats/output.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

void append_examples(std::string& text, const std::vector<Example>& examples, bool with_output) {
  text += '[';
  for (const Example& example : examples) {
    if (&example != &examples.front()) text += ", ";
    text += R"({"input": )";
    append_grid(text, example.input);
    if (with_output) {
      text += R"(, "output": )";
      append_grid(text, example.output);
    }
    text += '}';
  }
  text += ']';
}

std::string task_text(const Episode& episode, bool with_answers) {
  std::string text = R"({"train": )";
  append_examples(text, episode.study, true);
  text += R"(, "test": )";
  append_examples(text, episode.queries, with_answers);
  text += '}';
  return text;
}

void export_tasks(const ExportJob& job, const std::string& name, const OutputFolder& out) {
  const EpisodeSet set(job.folder / name);
  fs::create_directories(out.part() / name);
  std::uint64_t done = 0;
  for (const Episode& episode : set) {
    require_file_name(episode.id);
    out.write(fs::path(name) / (episode.id + ".json"), arc_task(episode) + "\n");
    job.watch(++done, set.size());
  }
}

}  // namespace

std::string arc_task(const Episode& episode) { return task_text(episode, true); }

std::string arc_challenge(const Episode& episode) { return task_text(episode, false); }

std::string arc_solution(const Episode& episode) {
  std::string text = "[";
  for (const Example& query : episode.queries) {
    if (&query != &episode.queries.front()) text += ", ";
    append_grid(text, query.output);
  }
  return text + "]";
}

Episode episode_from_arc(const Json& task, std::string id) {
  Json solution = Json::array();
  const Json& test = member(task, "test");
  require_data(test.is_array(), "\"test\" is no list");
  for (const Json& query : test) solution.push_back(member(query, "output"));
  return episode_from_arc(task, solution, std::move(id));
}

Episode episode_from_arc(const Json& challenge, const Json& solution, std::string id) {
  Episode episode;
  episode.id = std::move(id);
  const Json& train = member(challenge, "train");
  const Json& test = member(challenge, "test");
  require_data(train.is_array() && test.is_array(), R"("train" and "test" must be lists)");
  require_data(solution.is_array() && solution.size() == test.size(), "has ", test.size(),
               " test inputs and ", solution.size(), " solutions");
  for (const Json& pair : train) {
    episode.study.push_back({kUnknownRoles, grid_from_json(member(pair, "input")),
                             grid_from_json(member(pair, "output"))});
  }
  for (std::size_t i = 0; i < test.size(); ++i) {
    episode.queries.push_back(
        {kUnknownRoles, grid_from_json(member(test[i], "input")), grid_from_json(solution[i])});
  }
  require_one_side(episode);
  return episode;
}

void export_arc(const ExportJob& job) {
  OutputFolder folder(job.out, job.force);
  for (const std::string& name : data_set_names(job.folder)) {
    export_tasks(job, name, folder);
  }
  folder.finish();
}

void import_arc(const ImportJob& job) {
  require_data(fs::is_directory(job.in), job.in.string(), ": is no folder of <id>.json tasks");
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(job.in)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  require_data(!files.empty(), job.in.string(), ": holds no <id>.json task");
  std::ranges::sort(files);
  ImportedSet set(job.out, job.force);
  std::uint64_t done = 0;
  for (const fs::path& file : files) {
    try {
      set.add(episode_from_arc(json_from_text(read_file(file)), file.stem().string()));
    } catch (const DataError& error) {
      throw DataError(cat(file.string(), ": ", error.what()));
    }
    job.watch(++done, files.size());
  }
  set.finish(import_recipe("arc", job.in));
}

}  // namespace recombine
