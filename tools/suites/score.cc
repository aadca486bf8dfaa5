#include "tools/suites/score.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/folder.h"
#include "data/storage/prediction.h"
#include "data/text.h"
#include "eval/report/evaluate_all.h"
#include "eval/scoring/prediction_set.h"
#include "tools/suites/made.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kAnswersEnding = ".jsonl";

/// A task and a set of it.
using TaskSet = std::pair<std::string, std::string>;

class Finder {
 public:
  Finder(const Suite& suite, const Suite& whole, fs::path data)
      : suite_(suite), whole_(whole), data_(std::move(data)) {}

  void add(const fs::path& path) {
    std::error_code none;
    require_data(fs::exists(path, none), path.string(),
                 ": is not there; --predictions names files or a folder of them");
    if (!fs::is_directory(path, none)) {
      add_file(path);
      return;
    }
    for (const fs::path& entry : visible_entries(path)) {
      if (fs::is_directory(entry)) {
        add_folder(entry, entry.filename().string());
      } else {
        add_entry(entry, "");
      }
    }
  }

  FoundAnswers finish() {
    std::vector<std::string> tasks;
    for (const SuiteTask& task : suite_.tasks) tasks.push_back(task.name);
    std::map<std::string, std::size_t> models;
    for (const SuiteAnswer& answer : found_.answers)
      models.try_emplace(answer.model, models.size());
    std::ranges::stable_sort(found_.answers, {}, [&](const SuiteAnswer& answer) {
      return std::pair(models.at(answer.model),
                       std::ranges::find(tasks, answer.task) - tasks.begin());
    });
    return std::move(found_);
  }

 private:
  void add_folder(const fs::path& folder, const std::string& model) {
    for (const fs::path& entry : visible_entries(folder)) add_entry(entry, model);
  }

  /// A file of a folder: what is no TASK.SET.jsonl there is something else.
  void add_entry(const fs::path& file, const std::string& model) {
    if (file.extension() != kAnswersEnding) return;
    const auto named = named_by(file);
    if (named) {
      add_answer(file, model, *named);
    } else {
      found_.ignored.push_back(file.string());
    }
  }

  void add_file(const fs::path& file) {
    const auto named = named_by(file);
    add_answer(file, "", named ? *named : by_digest(file));
  }

  void add_answer(const fs::path& file, const std::string& model, const TaskSet& what) {
    if (suite_.find(what.first) == nullptr) return;  // --only leaves it out
    const std::string name = model.empty() ? read_prediction_meta(file).predictor.name : model;
    found_.answers.push_back({file, name, what.first, what.second});
  }

  /// "depth-6.test_ood.jsonl", of a task of the suite.
  std::optional<TaskSet> named_by(const fs::path& file) const {
    const std::string name = file.stem().string();
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos || file.extension() != kAnswersEnding) return std::nullopt;
    TaskSet what(name.substr(0, dot), name.substr(dot + 1));
    if (whole_.find(what.first) == nullptr) return std::nullopt;
    return what;
  }

  TaskSet by_digest(const fs::path& file) {
    if (by_digest_.empty()) {
      for (const SuiteTask& task : whole_.tasks) {
        if (!is_made(data_ / task.name)) continue;
        for (const MadeTask::Set& set : read_made(data_ / task.name).sets)
          by_digest_[set.digest].emplace_back(task.name, set.name);
      }
    }
    const auto place = by_digest_.find(read_prediction_meta(file).data_digest);
    require_data(place != by_digest_.end(), file.string(), ": answers no set of the suite below ",
                 data_.string(),
                 "; its meta's data_digest has to be that of the set's manifest.json");
    require_data(place->second.size() == 1, file.string(), ": answers a set that ",
                 place->second.size(), " tasks share; name the file TASK.SET.jsonl, such as ",
                 place->second.front().first, ".", place->second.front().second, ".jsonl");
    return place->second.front();
  }

  const Suite& suite_;
  const Suite& whole_;
  fs::path data_;
  std::map<std::string, std::vector<TaskSet>> by_digest_;
  FoundAnswers found_;
};

/// The answers of one model to one task.
SuiteResult score_task(const Suite& suite,
                       const fs::path& data,
                       std::span<const SuiteAnswer> answers,
                       const EvaluateConfig& config) {
  const SuiteAnswer& first = answers.front();
  const SuiteTask& task = *suite.find(first.task);
  const fs::path folder = data / task.name;
  require_frozen(task, read_made(folder), folder);
  std::vector<PredictionSet> sets;
  for (const SuiteAnswer& answer : answers) sets.emplace_back(answer.file).plan_all();
  AllEvaluations all = evaluate_all(folder, sets, config);
  require_data(all.reports.size() == 1, first.file.string(), ": the files of ", first.model,
               " for task ", first.task, " name ", all.reports.size(),
               " predictors in their metas; a row is of one");
  for (std::size_t i = 0; i < answers.size(); ++i) {
    require_data(all.judged[i].split == answers[i].set, answers[i].file.string(), ": answers ",
                 all.judged[i].split, " of task ", task.name,
                 ", as the digest in its meta says, and ", "not ", answers[i].set);
  }
  return {suite.name,       task.name,   task.axis(),
          task.certified(), first.model, std::move(all.reports.front())};
}

}  // namespace

FoundAnswers find_suite_answers(const Suite& suite,
                                const Suite& whole,
                                const fs::path& data,
                                const std::vector<std::string>& predictions) {
  Finder finder(suite, whole, data);
  for (const std::string& path : predictions) finder.add(path);
  return finder.finish();
}

std::vector<SuiteResult> score_suite(const Suite& suite,
                                     const fs::path& data,
                                     const std::vector<SuiteAnswer>& answers,
                                     const EvaluateConfig& config,
                                     bool quiet) {
  Progress progress("suite score", "files", answers.size(), quiet);
  std::vector<SuiteResult> results;
  for (std::size_t begin = 0, end = 0; begin < answers.size(); begin = end) {
    check_interrupted("nothing was written; run it again");
    while (end < answers.size() && answers[end].model == answers[begin].model &&
           answers[end].task == answers[begin].task) {
      ++end;
    }
    results.push_back(
        score_task(suite, data, std::span(answers).subspan(begin, end - begin), config));
    progress.update(end, cat(answers[begin].model, " ", answers[begin].task));
  }
  progress.finish();
  return results;
}

}  // namespace recombine
