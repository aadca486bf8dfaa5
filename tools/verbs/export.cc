// recombine export: a data set in the format of another tool.

#include <optional>

#include "data/family.h"
#include "data/formats/format.h"
#include "data/progress.h"
#include "generator/facts/noise_draws.h"
#include "tools/command.h"

namespace recombine {
namespace {

struct ExportOptions {
  std::string format;
  std::string out;
  std::string form = "auto";
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("format", self.format, "which one", {.listed = "formats"});
    visit("out", self.out, "file or folder to write; - for standard output");
    visit("form", self.form, "which of its forms",
          {.read_by = {"carc", "hf"},
           .values = {"auto",
                      {"generator", "of carc: pairs by section"},
                      {"split", "of carc"},
                      {"parquet", "of hf: in place of JSON lines"}}});
    visit("force", self.force, "replace files that are there");
  }
};

class ExportVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    const std::string& folder =
        only_positional(call, "the folder of a data set, a split or a world");
    require(!own_.format.empty(), "--format is missing (list formats)");
    require(!own_.out.empty(), "--out is missing: a file or folder, or - for standard output");
    const Format& format = find_format(own_.format);
    require_family(format, folder);
    const bool of_hf = own_.form == "auto" || own_.form == "parquet";
    require(format.name == "hf" ? of_hf : own_.form != "parquet", "--form ", own_.form,
            ": is no form of ", format.name);
    std::optional<Progress> progress;
    ExportJob job;
    job.folder = folder;
    job.out = own_.out;
    job.force = own_.force;
    job.form = own_.form;
    if (format.family == kFacts.name) job.drawn = noise_draws_of(folder);
    job.watch = [&](std::uint64_t done, std::uint64_t total) {
      if (done == 1) progress.emplace("export", "items", total, call.quiet);
      progress->update(done);
      if (done == total) progress->finish();
      check_interrupted("nothing was written; run it again");
    };
    format.export_data(job);
    return kDone;
  }

 private:
  ExportOptions own_;
};

}  // namespace

std::unique_ptr<Verb> make_export() { return std::make_unique<ExportVerb>(); }

}  // namespace recombine
