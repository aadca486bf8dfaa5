// recombine prompts: questions for language models, and their answers back.

#include <algorithm>
#include <iostream>
#include <map>
#include <optional>

#include "data/progress.h"
#include "data/text.h"
#include "eval/llm/answers/import.h"
#include "eval/llm/estimate.h"
#include "eval/llm/prompts/export.h"
#include "eval/llm/provider.h"
#include "eval/tables/table.h"
#include "tools/command.h"

namespace recombine {
namespace {

struct PromptsOptions {
  std::string data;
  std::string prompts;
  Names responses;
  std::string name;
  std::string out;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("data", self.data, "folder of the data set to ask about", {.read_by = {"export"}});
    visit("prompts", self.prompts, "folder that an export wrote", {.read_by = {"import"}});
    visit("responses", self.responses, "result files, or folders of them", {.read_by = {"import"}});
    visit("name", self.name, "what reports call the predictor; empty: the model's name",
          {.read_by = {"import"}});
    visit("out", self.out, "folder that an export writes; prediction file (.jsonl) of an import");
    visit("force", self.force, "replace what is there");
  }
};

std::string listed(const std::map<std::string, std::uint64_t>& counts) {
  std::string text;
  for (const auto& [name, count] : counts)
    text += cat(text.empty() ? "" : ", ", grouped(count), " ", name);
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
    const Names of_import = {"prompts", "responses", "name"};
    for (const std::string& key : options.given()) {
      const bool import = std::ranges::find(of_import, key) != of_import.end();
      const bool shared = key == "out" || key == "force";
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

  void read_answers() const {
    require(!own_.prompts.empty(), "--prompts is missing: the folder that an export wrote");
    require(!own_.responses.empty(), "--responses is missing: the result files");
    AnswerJob job;
    job.prompts = own_.prompts;
    job.responses.assign(own_.responses.begin(), own_.responses.end());
    job.out = own_.out;
    job.name = own_.name;
    job.force = own_.force;
    job.note = [](const std::string& line) { std::cerr << "recombine prompts: " << line << "\n"; };
    print(import_answers(job));
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
  }

  PromptsOptions own_;
  PromptConfig config_;
};

}  // namespace

std::unique_ptr<Verb> make_prompts() { return std::make_unique<PromptsVerb>(); }

}  // namespace recombine
