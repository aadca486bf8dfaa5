// recombine suite: a frozen set of tasks, made, checked and scored.

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <set>
#include <string_view>

#include <nlohmann/json.hpp>

#include "data/progress.h"
#include "data/storage/create_folder.h"
#include "data/storage/file.h"
#include "data/text.h"
#include "data/usual_notes.h"
#include "data/visible_text.h"
#include "eval/suite/matrix.h"
#include "eval/tables/table.h"
#include "generator/verify.h"
#include "tools/command.h"
#include "tools/suites/listing.h"
#include "tools/suites/made.h"
#include "tools/suites/score.h"

namespace recombine {
namespace {

struct SuiteOptions {
  std::string suite = "v1";
  Names only;
  std::string data;
  Names predictions;
  std::string out;
  int resamples = EvaluateConfig{}.resamples;
  bool ceilings = false;
  bool all = false;
  bool json = false;
  int threads = 0;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("suite", self.suite, "name of a suite, or a folder with its tasks and digests.txt");
    visit("only", self.only, "tasks, with commas between; empty: all");
    visit("data", self.data, "folder of the tasks, as make wrote it",
          {.read_by = {"verify", "score"}});
    visit("predictions", self.predictions,
          "prediction files, or folders of TASK.SET.jsonl, or of such folders, one a model",
          {.read_by = {"score"}});
    visit("out", self.out,
          "make, verify: folder of the tasks; score: folder for a report a model, or one .json; "
          "without --data the folder of the tasks, whose reports go to its folder reports",
          {.read_by = {"make", "verify", "score"}});
    visit("resamples", self.resamples, "bootstrap resamples behind an interval",
          {.read_by = {"score"}, .range = between(100, 1000000)});
    visit("ceilings", self.ceilings,
          "also what the solver finds of tasks that are not certified: what a guess among all "
          "answers that the study pairs allow gets right",
          {.read_by = {"score"}});
    visit("all", self.all, "check every episode, not a sample", {.read_by = {"verify"}});
    visit("json", self.json, "one JSON object instead of text");
    visit("threads", self.threads, "threads; 0: all cores; never changes the result",
          threads_notes());
    visit("force", self.force, "replace reports that are there", {.read_by = {"score"}});
  }
};

class SuiteVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    const Part& part = part_of(call);
    check_read(part, call);
    return (this->*part.run)(call);
  }

 private:
  /// What the verb does for its first word.
  struct Part {
    std::string_view name;
    int (SuiteVerb::*run)(const Call& call);
  };
  static const std::array<Part, 4> kSuiteParts;

  static const Part& part_of(const Call& call) {
    const std::string& name = only_positional(call, "list, make, verify or score");
    const auto* const part = std::ranges::find(kSuiteParts, name, &Part::name);
    require(part != kSuiteParts.end(), "no '", name, "'; known: list, make, verify, score");
    return *part;
  }

  /// Throws InputError for an option that this part does not read.
  void check_read(const Part& part, const Call& call) const {
    for (const std::string& name : call.options->given()) {
      const std::vector<Field> fields = describe(own_);
      const auto field = std::ranges::find(fields, name, &Field::name);
      if (field == fields.end() || field->notes.read_by.empty()) continue;
      const auto& readers = field->notes.read_by;
      require(std::ranges::find(readers, part.name) != readers.end(), "--", name, ": suite ",
              part.name, " does not read it; it is for ", field->notes.readers_text());
    }
  }

  // NOLINTNEXTLINE(readability-make-member-function-const): one of a table of such functions
  int list(const Call&) {
    const Suite suite = open_suite(own_.suite, own_.only);
    if (own_.json) {
      std::cout << suite_json(suite).dump(2) << "\n";
    } else {
      std::cout << visible_text(aligned_text(suite_table(suite)), LineEnds::kKept);
    }
    return kDone;
  }

  int make(const Call& call) {
    require(!own_.out.empty(), "--out is missing: the folder of the tasks");
    const Suite suite = open_suite(own_.suite, own_.only);
    create_folder(own_.out);
    Json made_tasks = Json::array();
    for (std::size_t i = 0; i < suite.tasks.size(); ++i) {
      const SuiteTask& task = suite.tasks[i];
      check_interrupted("tasks that are whole stay; run it again");
      if (!call.quiet)
        std::cerr << "suite make: " << task.name << " (" << i + 1 << " of " << suite.tasks.size()
                  << ")\n";
      const MadeTask made = make_task(task, own_.out, {own_.threads, call.quiet});
      if (!task.frozen && !call.quiet)
        std::cerr << "suite make: " << task.name << ": is not frozen; its line of " << kSuiteDigests
                  << " is the one on standard output\n";
      if (own_.json) {
        Json sets = Json::object();
        for (const MadeTask::Set& set : made.sets)
          sets[set.name] = {{"count", set.count}, {"digest", set.digest}};
        made_tasks.push_back({{"name", task.name}, {"digest", made.digest}, {"sets", sets}});
      } else {
        std::cout << digest_line(task, made) << std::endl;
      }
    }
    if (own_.json) std::cout << Json{{"suite", suite.name}, {"tasks", made_tasks}}.dump(2) << "\n";
    return kDone;
  }

  /// The checks of one task, their names behind the task's.
  std::vector<Check> checks_of(const SuiteTask& task, const Call& call) const {
    const std::filesystem::path folder = std::filesystem::path(data_folder()) / task.name;
    std::vector<Check> checks;
    Check digest{task.name + ": digest", true, "is not frozen"};
    try {
      const MadeTask made = read_made(folder);
      require_frozen(task, made, folder);
      require_options(task, folder);
      if (task.frozen) digest.detail = made.digest;
    } catch (const DataError& error) {
      digest = {digest.name, false, error.what()};
    }
    checks.push_back(digest);
    if (!is_made(folder)) return checks;
    for (Check& check : verify_folder(folder, {own_.all, call.quiet, own_.threads}))
      checks.push_back({cat(task.name, ": ", check.name), check.ok, check.detail});
    return checks;
  }

  int verify(const Call& call) {
    require(!data_folder().empty(), "--data is missing: the folder of the tasks");
    const Suite suite = open_suite(own_.suite, own_.only);
    bool ok = true;
    Json rows = Json::array();
    for (const SuiteTask& task : suite.tasks) {
      const std::vector<Check> checks = checks_of(task, call);
      const bool task_ok = std::ranges::all_of(checks, &Check::ok);
      ok = ok && task_ok;
      for (const Check& check : checks)
        rows.push_back({{"name", check.name}, {"ok", check.ok}, {"detail", check.detail}});
      if (own_.json) continue;
      std::cout << (task_ok ? "ok      " : "FAILED  ") << task.name << ": " << checks.size()
                << (checks.size() == 1 ? " check" : " checks") << std::endl;
      for (const Check& check : checks) {
        if (!check.ok) std::cout << "        " << check.name << ": " << check.detail << "\n";
      }
    }
    if (own_.json) std::cout << Json{{"ok", ok}, {"checks", std::move(rows)}}.dump(2) << "\n";
    return ok ? kDone : kAnswerIsNo;
  }

  int score(const Call& call) {
    take_tasks_of_out();
    require(!own_.data.empty(), "--data is missing: the folder of the tasks, as make wrote it");
    require(!own_.predictions.empty(), "--predictions is missing: files, or a folder of them");
    const Suite suite = open_suite(own_.suite, own_.only);
    const FoundAnswers found =
        find_suite_answers(suite, open_suite(own_.suite), own_.data, own_.predictions);
    for (const std::string& file : found.ignored)
      std::cerr << "recombine suite: note: " << file
                << " is not scored: its name is no TASK.SET.jsonl of the suite\n";
    require_data(!found.answers.empty(), join_text(own_.predictions, ", "),
                 ": holds no answers to the suite; they are called TASK.SET.jsonl, such as ",
                 suite.tasks.front().name, ".test_ood.jsonl");
    EvaluateConfig config;
    config.resamples = own_.resamples;
    config.ceilings = own_.ceilings;
    config.threads = own_.threads;
    const auto files = report_files(found.answers);
    // Before the work, which may be long.
    if (!own_.out.empty() && !writes_one_file()) create_folder(own_.out);
    for (const auto& [model, file] : files) {
      if (!file.empty()) refuse_existing_file(file, own_.force);
    }
    const auto results = score_suite(suite, own_.data, found.answers, config, call.quiet);
    note_missing(results);
    write_reports(results, files);
    if (own_.json) {
      std::cout << suite_results_json(results).dump(2) << "\n";
    } else {
      std::cout << visible_text(matrix_markdown(suite_matrix(results)), LineEnds::kKept);
    }
    return kDone;
  }

  /// Says whose answers are to a part of a set.
  static void note_missing(const std::vector<SuiteResult>& results) {
    for (const SuiteResult& result : results) {
      for (const auto& [set, scores] : result.report.splits) {
        if (scores.missing == 0) continue;
        std::cerr << "recombine suite: note: " << visible_text(result.model) << " has no answer to "
                  << scores.missing << " of " << scores.planned << " queries of " << result.task
                  << "." << set << "; they count as wrong\n";
      }
    }
  }

  /// Without --data, a folder of tasks that --out names is the data, and reports go into it.
  void take_tasks_of_out() {
    if (!own_.data.empty() || own_.out.empty()) return;
    const std::filesystem::path out(own_.out);
    const std::vector<SuiteTask> tasks = open_suite(own_.suite).tasks;
    const bool made =
        std::ranges::any_of(tasks, [&](const SuiteTask& task) { return is_made(out / task.name); });
    if (!made) return;
    own_.data = own_.out;
    own_.out = (out / "reports").string();
  }

  bool writes_one_file() const { return std::filesystem::path(own_.out).extension() == ".json"; }

  /// Models and the files of their reports, in the order of the answers; "" where nothing is to be
  /// written.
  std::vector<std::pair<std::string, std::string>> report_files(
      const std::vector<SuiteAnswer>& answers) const {
    const std::filesystem::path out(own_.out);
    std::vector<std::pair<std::string, std::string>> files;
    for (const SuiteAnswer& answer : answers) {
      if (!files.empty() && files.back().first == answer.model) continue;
      const bool is_file_name = !answer.model.empty() && !answer.model.starts_with('.') &&
                                answer.model.find('/') == std::string::npos;
      require_data(is_file_name, answer.file.string(), ": the model's name, '", answer.model,
                   "', can be no file's; put its files into a folder of another name");
      std::string file = own_.out;
      if (!file.empty() && !writes_one_file()) file = (out / (answer.model + ".json")).string();
      files.emplace_back(answer.model, file);
    }
    return files;
  }

  void write_reports(const std::vector<SuiteResult>& results,
                     const std::vector<std::pair<std::string, std::string>>& files) const {
    if (own_.out.empty()) return;
    if (writes_one_file()) {
      write_file(own_.out, suite_results_json(results).dump(2) + "\n");
      return;
    }
    for (const auto& [model, file] : files) {
      std::vector<SuiteResult> own;
      std::ranges::copy_if(results, std::back_inserter(own),
                           [&name = model](const SuiteResult& one) { return one.model == name; });
      write_file(file, suite_results_json(own).dump(2) + "\n");
    }
  }

  std::string data_folder() const { return own_.data.empty() ? own_.out : own_.data; }

  SuiteOptions own_;
};

const std::array<SuiteVerb::Part, 4> SuiteVerb::kSuiteParts = {{{"list", &SuiteVerb::list},
                                                                {"make", &SuiteVerb::make},
                                                                {"verify", &SuiteVerb::verify},
                                                                {"score", &SuiteVerb::score}}};

}  // namespace

std::unique_ptr<Verb> make_suite() { return std::make_unique<SuiteVerb>(); }

}  // namespace recombine
