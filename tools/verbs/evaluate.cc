// recombine evaluate: scores of predictions.

#include <iostream>

#include <nlohmann/json.hpp>

#include "data/file.h"
#include "data/progress.h"
#include "eval/answers/reading.h"
#include "eval/evaluation.h"
#include "eval/report_html.h"
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
    visit("predictions", self.predictions, "prediction files (.jsonl)");
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

  int run(const Call& call) override {
    check_options(call);
    std::vector<AnswerBook> books;
    for (const std::string& file : own_.predictions)
      books.emplace_back(std::filesystem::path(file));
    Progress progress("evaluate", "items", 0, call.quiet);
    std::size_t all = 0;
    const auto reports = evaluate_all(own_.data, books, config_, [&](std::size_t) {
      check_interrupted("nothing was written; run it again");
      progress.update(++all);
    });
    progress.finish();
    write(reports, books);
    return kDone;
  }

 private:
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

  void write(const std::vector<Report>& reports, const std::vector<AnswerBook>& books) const {
    const std::string json = to_json(std::span(reports)).dump(2) + "\n";
    if (!own_.out.empty()) write_file(own_.out, json);
    if (!own_.html.empty())
      write_file(own_.html, report_page(reports, books, own_.data, config_.gallery));
    if (own_.json) {
      std::cout << json;
      return;
    }
    for (const Report& report : reports) std::cout << to_text(report) << "\n";
    for (const AnswerBook& book : books) std::cout << unread_text(book.file());
  }

  EvaluateOptions own_;
  EvaluateConfig config_;
};

}  // namespace

std::unique_ptr<Verb> make_evaluate() { return std::make_unique<EvaluateVerb>(); }

}  // namespace recombine
