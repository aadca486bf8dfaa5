// recombine import: a data set out of a file of another tool.

#include <iostream>
#include <optional>

#include "data/formats/format.h"
#include "data/progress.h"
#include "data/storage/dataset.h"
#include "data/text.h"
#include "data/usual_notes.h"
#include "data/visible_text.h"
#include "tools/command.h"

namespace recombine {
namespace {

struct ImportOptions {
  std::string format;
  std::string in;
  std::string out;
  bool force = false;
  int threads = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("format", self.format, "which one", {.listed = "formats"});
    visit(
        "in", self.in,
        "file to read, plain, .gz or .zst; a folder for arc, grokked and the split files of carc");
    visit("out", self.out, "folder of the data set");
    visit("force", self.force, "replace a data set that is there");
    visit("threads", self.threads, "threads that read carc and jsonl; 0: all cores",
          threads_notes());
  }
};

void require_way_back(const Format& format) {
  if (format.import_data != nullptr) return;
  Names known;
  for (const Format& other : formats()) {
    if (other.import_data != nullptr) known.emplace_back(other.name);
  }
  throw InputError(cat("--format ", format.name, ": can only be exported; import reads ",
                       join_text(known, ", ")));
}

class ImportVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    require(call.positional.empty(), "takes options alone; did you mean --in ",
            call.positional.empty() ? "" : call.positional.front(), "?");
    require(!own_.format.empty(), "--format is missing (list formats)");
    require(!own_.in.empty(), "--in is missing: the file to read");
    require(!own_.out.empty(), "--out is missing: the folder of the data set");
    const Format& format = find_format(own_.format);
    require_way_back(format);
    std::optional<Progress> progress;
    ImportJob job;
    job.in = own_.in;
    job.out = own_.out;
    job.force = own_.force;
    job.threads = own_.threads;
    job.watch = [&](std::uint64_t done, std::uint64_t total) {
      if (done == 1) progress.emplace("import", "items", total, call.quiet);
      progress->update(done);
      check_interrupted("nothing was written; run it again");
    };
    job.note = [](const std::string& text) {
      std::cerr << "recombine import: " << visible_text(text) << "\n";
    };
    format.import_data(job);
    if (progress) progress->finish();
    for (const std::string& name : data_set_names(own_.out)) {
      const std::string folder = name.empty() ? own_.out : own_.out + "/" + name;
      std::cout << folder << ": " << read_manifest(folder).count << " items\n";
    }
    return kDone;
  }

 private:
  ImportOptions own_;
};

}  // namespace

std::unique_ptr<Verb> make_import() { return std::make_unique<ImportVerb>(); }

}  // namespace recombine
