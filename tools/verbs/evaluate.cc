// recombine evaluate: scores of predictions.

#include <iostream>
#include <optional>

#include <nlohmann/json.hpp>

#include "data/progress.h"
#include "data/storage/file.h"
#include "eval/report/evaluate_all.h"
#include "eval/report/paired_answers.h"
#include "eval/report/report_html.h"
#include "tools/command.h"

namespace recombine {
namespace {

struct EvaluateOptions {
  std::string data;
  Names predictions;
  std::string out;
  std::string html;
  bool json = false;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("data", self.data, "folder of the data set that was answered, or of its split");
    visit("predictions", self.predictions,
          "prediction files (.jsonl); each two of the same items are compared");
    visit("out", self.out, "report to write (.json)");
    visit("html", self.html, "page to write: tables and wrong answers");
    visit("json", self.json, "the report as JSON instead of text");
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
    for (const std::string& file : own_.predictions) {
      prediction_sets.emplace_back(std::filesystem::path(file));
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
      if (!file.empty()) refuse_existing(file, own_.force);
    }
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
      page.emplace(own_.html).write(
          report_page(set, prediction_sets, judged, own_.data, config_.gallery));
    if (report) report->commit();
    if (page) page->commit();
    if (own_.json) {
      std::cout << json;
      return;
    }
    std::cout << to_text(set);
  }

  EvaluateOptions own_;
  EvaluateConfig config_;
};

}  // namespace

std::unique_ptr<Verb> make_evaluate() { return std::make_unique<EvaluateVerb>(); }

}  // namespace recombine
