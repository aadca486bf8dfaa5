// recombine prompts: questions for language models, and their answers back.

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>

#include "data/family.h"
#include "data/progress.h"
#include "data/storage/manifest.h"
#include "data/text.h"
#include "data/visible_text.h"
#include "eval/llm/answers/import.h"
#include "eval/llm/estimate.h"
#include "eval/llm/prompts/export.h"
#include "eval/llm/provider.h"
#include "eval/llm/results/results.h"
#include "eval/tables/table.h"
#include "tools/command.h"

namespace recombine {
namespace {

struct PromptsOptions {
  std::string data;
  std::string prompts;
  Names responses;
  std::string name;
  std::string repeats = "first";
  std::string out;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("data", self.data,
          "folder of the data set to ask about; of an import without prompts, the set that "
          "published results (rows test_sample_N; all_items.json) answer");
    visit("prompts", self.prompts, "folder that an export wrote", {.read_by = {"import"}});
    visit("responses", self.responses, "result files, or folders of them", {.read_by = {"import"}});
    visit("name", self.name, "what reports call the predictor; empty: the model's name",
          {.read_by = {"import"}});
    visit("repeats", self.repeats, "which of several answers to a question counts",
          {.read_by = {"import"},
           .values = {{"first", "with an answer, by its date, else as read"},
                      "last",
                      {"majority", "as most of those that can be read"},
                      {"all", "each, in files P.2.jsonl and so on"}}});
    visit("out", self.out, "folder that an export writes; prediction file (.jsonl) of an import");
    visit("force", self.force, "replace what is there");
  }
};

std::string listed(const std::map<std::string, std::uint64_t>& counts) {
  std::string text;
  for (const auto& [name, count] : counts)
    text += cat(text.empty() ? "" : ", ", grouped(count), " ", visible_text(name));
  return text.empty() ? "none" : text;
}

class PromptsVerb : public Verb {
 public:
  void declare(Options& options) override {
    options.add(own_);
    options.add_section("prompts", config_);
    options.own_section("prompts");
  }

  void check(const Call&) const override {
    // What does not say whom to ask is the beginning of a config.
    if (!config_.provider.empty()) find_provider(config_.provider);
    if (!config_.provider.empty() && !config_.model.empty()) config_.validate();
  }

  int run(const Call& call) override {
    const std::string& what = only_positional(call, "export or import");
    require(what == "export" || what == "import", "'", what, "' is neither export nor import");
    refuse_foreign(*call.options, what);
    require(!own_.out.empty(), "--out is missing: ",
            what == "export" ? "the folder to write" : "the prediction file to write (.jsonl)");
    if (what == "export") {
      write_prompts(call);
    } else {
      read_answers();
    }
    return kDone;
  }

 private:
  /// Options of the other half would be passed over in silence.
  static void refuse_foreign(const Options& options, const std::string& what) {
    const Names of_import = {"prompts", "responses", "name", "repeats"};
    for (const std::string& key : options.given()) {
      const bool import = std::ranges::find(of_import, key) != of_import.end();
      const bool shared = key == "out" || key == "force" || key == "data";
      require(shared || import == (what == "import"), "--", key, ": is an option of prompts ",
              import ? "import" : "export", " alone");
    }
  }

  void write_prompts(const Call& call) const {
    require(!own_.data.empty(), "--data is missing: the folder of the data set to ask about");
    std::optional<Progress> progress;
    PromptJob job;
    job.data = own_.data;
    job.out = own_.out;
    job.force = own_.force;
    job.config = config_;
    job.watch = [&](std::uint64_t done, std::uint64_t all) {
      if (!progress) progress.emplace("prompts", "items", all, call.quiet);
      progress->update(done);
      check_interrupted("nothing was written; run it again");
    };
    const ExportedPrompts written = export_prompts(job);
    if (progress) progress->finish();
    std::uint64_t bytes = 0;
    for (const WrittenFile& file : written.files) bytes += file.bytes;
    std::cout << own_.out << ": " << grouped(written.estimate.requests) << " requests in "
              << grouped(written.files.size()) << (written.files.size() == 1 ? " file" : " files")
              << ", " << grouped(bytes) << " bytes\n"
              << to_text(written.estimate, config_);
  }

  /// What both kinds of imports are told.
  template <class Job>
  void describe(Job& job) const {
    job.out = own_.out;
    job.name = own_.name;
    job.repeats = own_.repeats;
    job.force = own_.force;
    job.note = [](const std::string& line) {
      std::cerr << "recombine prompts: " << visible_text(line) << "\n";
    };
  }

  void read_answers() const {
    require(!own_.prompts.empty() || !own_.data.empty(),
            "--prompts is missing: the folder that an export wrote (or --data, for results as the "
            "published scripts keep them)");
    require(own_.prompts.empty() || own_.data.empty(),
            "--data: is for results as the published scripts keep them, which answer no --prompts");
    require(!own_.responses.empty(), "--responses is missing: the result files");
    if (own_.prompts.empty()) return read_published_results();
    AnswerJob job;
    job.prompts = own_.prompts;
    job.responses.assign(own_.responses.begin(), own_.responses.end());
    describe(job);
    print(import_answers(job));
  }

  void read_published_results() const {
    ResultsJob job;
    job.data = own_.data;
    job.in.assign(own_.responses.begin(), own_.responses.end());
    describe(job);
    if (read_manifest(own_.data).family == kGrids.name) return print(import_grid_results(job));
    const FactResults results = import_fact_results(job);
    std::cout << own_.out << ": " << grouped(results.planned)
              << " planned: " << grouped(results.answered) << " answered, "
              << grouped(results.planned - results.answered) << " missing; "
              << grouped(results.other) << " rows of other questions\n";
  }

  void print(const ImportedAnswers& imported) const {
    const AnswerCounts& counts = imported.counts;
    const ResultCounts& results = imported.results;
    std::cout << own_.out << ": " << grouped(counts.planned)
              << " planned: " << listed(counts.states) << "\n"
              << "read: " << grouped(counts.read) << " (" << listed(counts.strictness)
              << "); by the strict rules alone: " << grouped(counts.strict)
              << ", another answer: " << grouped(counts.differs) << "\n";
    if (!counts.reasons.empty()) std::cout << "not read: " << listed(counts.reasons) << "\n";
    std::cout << "ended: " << listed(counts.ended) << "\n";
    if (!counts.thoughts.empty())
      std::cout << "thoughts left out of answers, by mark: " << listed(counts.thoughts) << "\n";
    if (counts.usage.answered > 0) {
      std::cout << "tokens: " << grouped(counts.usage.asked) << " asked, "
                << grouped(counts.usage.answered) << " answered, "
                << grouped(counts.usage.reasoning) << " of them reasoning"
                << (counts.cost ? cat("; cost: ", money(*counts.cost)) : "") << "\n";
    }
    const std::map<std::string, std::uint64_t> odd = {{"damaged", results.damaged},
                                                      {"of no provider", results.unknown},
                                                      {"to other prompts", results.foreign},
                                                      {"repeated", results.repeated},
                                                      {"contradicting", results.contradicting}};
    std::cout << "rows: " << grouped(results.rows) << "; " << listed(odd) << "\n";
    print_repeats(imported);
    print_mends(results.mends);
  }

  void print_repeats(const ImportedAnswers& imported) const {
    const std::uint64_t several = imported.counts.several;
    if (several == 0) return;
    std::cout << "several answers: to " << grouped(several)
              << (several == 1 ? " question" : " questions") << "; counted: ";
    if (own_.repeats == "all") {
      std::cout << "each, in " << imported.files << " files of predictions\n";
    } else {
      std::cout << (own_.repeats == "majority" ? "what most say" : "the " + own_.repeats)
                << " (--repeats " << own_.repeats << ")\n";
    }
    if (imported.results.choices > 0)
      std::cout << "choices beyond the first of a row: " << grouped(imported.results.choices)
                << "\n";
  }

  static void print_mends(const JsonMends& mends) {
    if (!mends.any()) return;
    const std::map<std::string, std::uint64_t> kinds = {{"halves of characters", mends.surrogates},
                                                        {"bytes that are no UTF-8", mends.bytes},
                                                        {"numbers such as NaN", mends.numbers},
                                                        {"control characters", mends.controls}};
    std::cout << "mended: " << listed(kinds) << "\n";
  }

  PromptsOptions own_;
  PromptConfig config_;
};

}  // namespace

std::unique_ptr<Verb> make_prompts() { return std::make_unique<PromptsVerb>(); }

}  // namespace recombine
