// recombine report: scores, errors and answers as a page.

#include <iostream>

#include "data/storage/file.h"
#include "eval/page/collect.h"
#include "tools/command.h"
#include "tools/palette_option.h"

namespace recombine {
namespace {

struct ReportOptions {
  std::string out;
  std::string title = "Recombine report";
  std::string palette = "official";
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("out", self.out, "page to write (.html)");
    visit("title", self.title, "heading of the page");
    visit_palette(self.palette, visit);
    visit("force", self.force, "replace a file that is there");
  }
};

class ReportVerb : public Verb {
 public:
  void declare(Options& options) override {
    options.add(own_);
    options.add_section("evaluate", config_);
    options.own_section("evaluate");
  }

  void check(const Call&) const override { config_.validate(); }

  int run(const Call& call) override {
    require(!call.positional.empty(),
            "takes reports, runs, or folders with reports, runs and predictions in them");
    require(own_.out.ends_with(".html"), own_.out.empty() ? "--out is missing" : "--out ", own_.out,
            ": a page's name ends in .html");
    refuse_existing_file(own_.out, own_.force);
    CollectedPage collected = collect(find_files(call.positional), config_);
    const ReportPage& page = collected.page;
    require_data(!page.reports.reports.empty() || !page.runs.empty() || !page.sets.empty() ||
                     !page.traces.empty(),
                 join_text(call.positional, ", "),
                 ": holds no report, no run, and no answers beside whose data it lies; "
                 "`recombine evaluate --out` makes reports of answers");
    collected.page.title = own_.title;
    collected.page.look.palette = own_.palette;
    write_file(own_.out, report_page(collected.page));
    const auto count = [](std::size_t number, const char* one) {
      return cat(number, " ", one, number == 1 ? "" : "s");
    };
    std::cout << own_.out << ": " << count(page.reports.reports.size(), "report") << ", "
              << count(page.runs.size(), "run") << ", " << count(page.sets.size(), "set")
              << " with answers\n";
    return kDone;
  }

 private:
  ReportOptions own_;
  EvaluateConfig config_;
};

}  // namespace

std::unique_ptr<Verb> make_report() { return std::make_unique<ReportVerb>(); }

}  // namespace recombine
