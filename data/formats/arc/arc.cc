#include "data/formats/arc/arc.h"

#include "data/formats/format.h"
#include "data/formats/grid_text.h"
#include "data/formats/import_set.h"
#include "data/formats/output.h"
#include "data/storage/create_folder.h"
#include "data/storage/dataset.h"

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
  const bool answered = has_answers(set.manifest());
  create_folder(out.part() / name);
  std::uint64_t done = 0;
  for (const Episode& episode : set) {
    require_file_name(episode.id);
    const std::string task = answered ? arc_task(episode) : arc_challenge(episode);
    out.write(fs::path(name) / (episode.id + ".json"), task + "\n");
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

void export_arc(const ExportJob& job) {
  OutputFolder folder(job.out, job.force);
  for (const std::string& name : data_set_names(job.folder)) {
    export_tasks(job, name, folder);
  }
  folder.finish();
}

}  // namespace recombine
