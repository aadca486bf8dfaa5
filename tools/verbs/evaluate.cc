// recombine evaluate: scores of predictions.

#include <algorithm>
#include <iostream>
#include <optional>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "data/progress.h"
#include "data/screen/terminal.h"
#include "data/storage/file.h"
#include "data/storage/prediction_parts.h"
#include "data/visible_text.h"
#include "eval/page/report_page.h"
#include "eval/report/evaluate_all.h"
#include "eval/report/paired_answers.h"
#include "tools/command.h"
#include "tools/palette_option.h"

namespace recombine {
namespace {

struct EvaluateOptions {
  std::string data;
  Names predictions;
  std::string out;
  std::string html;
  bool json = false;
  std::string palette = "official";
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("data", self.data, "folder of the data set that was answered, or of its split");
    visit(
        "predictions", self.predictions,
        "prediction files (.jsonl); each two of the same items are compared; parts of --shard make "
        "one");
    visit("out", self.out, "report to write (.json)");
    visit("html", self.html, "page to write: scores, errors, questions with their answers");
    visit("json", self.json, "the report as JSON instead of text");
    visit_palette(self.palette, visit);
    visit("force", self.force, "replace files that are there");
  }
};

class EvaluateVerb : public Verb {
 public:
  void declare(Options& options) override {
    options.add(own_);
    options.add_section("evaluate", config_);
    options.own_section("evaluate");
  }

  void check(const Call&) const override { config_.validate(); }

  int run(const Call& call) override {
    check_options(call);
    std::vector<PredictionSet> prediction_sets;
    const std::vector<std::filesystem::path> files(own_.predictions.begin(),
                                                   own_.predictions.end());
    for (const PredictionFiles& parts : group_parts(files)) {
      prediction_sets.emplace_back(parts);
      if (config_.queries == "first") prediction_sets.back().count_first_queries();
    }
    Progress progress("evaluate", "items", items_of(prediction_sets), call.quiet);
    std::size_t items = 0;
    AllEvaluations all = evaluate_all(own_.data, prediction_sets, config_, [&](std::size_t) {
      check_interrupted("nothing was written; run it again");
      progress.update(++items);
    });
    progress.finish();
    ReportSet set;
    set.comparisons = compare_all(prediction_sets, all, config_);
    set.reports = std::move(all.reports);
    write(set, prediction_sets, all.judged);
    return kDone;
  }

 private:
  /// Of all sets that the prediction sets answer.
  std::size_t items_of(const std::vector<PredictionSet>& prediction_sets) const {
    std::size_t items = 0;
    for (const PredictionSet& predicted : prediction_sets)
      items += read_manifest(std::filesystem::path(own_.data) / answered_set(own_.data, predicted))
                   .count;
    return items;
  }

  void check_options(const Call& call) const {
    require(call.positional.empty(), "takes options alone; did you mean --predictions ",
            call.positional.empty() ? "" : call.positional.front(), "?");
    require(!own_.data.empty(), "--data is missing: the folder of the data set that was answered");
    require(!own_.predictions.empty(), "--predictions is missing: the answers to score");
    config_.validate();
    for (const std::string& file : {own_.out, own_.html}) {
      if (!file.empty()) refuse_existing_file(file, own_.force);
    }
  }

  ReportPage page_of(const ReportSet& set,
                     const std::vector<PredictionSet>& prediction_sets,
                     const std::vector<JudgedSet>& judged) const {
    ReportPage page;
    page.reports = set;
    page.rows = leaderboard_rows(set);
    page.look.palette = own_.palette;
    page.questions = static_cast<std::size_t>(config_.gallery);
    for (std::size_t i = 0; i < judged.size(); ++i) {
      const std::filesystem::path folder = std::filesystem::path(own_.data) / judged[i].set;
      const auto known = std::ranges::find(page.sets, folder, &PageSet::folder);
      PageSet& shown = known != page.sets.end()
                           ? *known
                           : page.sets.emplace_back(PageSet{folder, judged[i].split, {}});
      shown.answers.push_back({&prediction_sets[i], judged[i].report, &judged[i].examples});
    }
    return page;
  }

  void write(const ReportSet& set,
             const std::vector<PredictionSet>& prediction_sets,
             const std::vector<JudgedSet>& judged) const {
    const std::string json = to_json(set).dump(2) + "\n";
    // Both are written before either gets its name.
    std::optional<AtomicFile> report;
    std::optional<AtomicFile> page;
    if (!own_.out.empty()) report.emplace(own_.out).write(json);
    if (!own_.html.empty())
      page.emplace(own_.html).write(report_page(page_of(set, prediction_sets, judged)));
    if (report) report->commit();
    if (page) page->commit();
    if (own_.json) {
      std::cout << json;
      return;
    }
    std::cout << visible_text(to_text(set, terminal_width(STDOUT_FILENO)), LineEnds::kKept);
  }

  EvaluateOptions own_;
  EvaluateConfig config_;
};

}  // namespace

std::unique_ptr<Verb> make_evaluate() { return std::make_unique<EvaluateVerb>(); }

}  // namespace recombine
