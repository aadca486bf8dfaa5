// A world of facts as the files of the published experiments.

#include <optional>

#include <nlohmann/json.hpp>

#include "data/formats/format.h"
#include "data/formats/grokked/grokked.h"
#include "data/formats/grokked/grokked_sets.h"
#include "data/formats/json_list.h"
#include "data/formats/output.h"
#include "data/set_names.h"
#include "data/storage/dataset.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

FactSet open_set(const fs::path& world, std::string_view name) {
  require_data(
      fs::exists(world / name), world.string(), ": has no \"", name,
      "\"; grokked is for a world of facts, the folder with train, test_id, test_ood, ...");
  return FactSet(world / name);
}

class WorldExport {
 public:
  explicit WorldExport(const ExportJob& job)
      : job_(job), train_(open_set(job.folder, kTrainSet)), folder_(job.out, job.force) {
    for (const std::string_view set : probe_sets(vocabulary().task)) {
      probes_.push_back(open_set(job.folder, set));
    }
    for (const ThreeHopFile& file : kThreeHopFiles) {
      if (fs::exists(job.folder / file.set)) three_hops_.push_back(open_set(job.folder, file.set));
    }
    check();
  }

  void run() {
    write("train.json", {&train_, 1}, GrokkedFile::kTrain);
    const FactSet valid = open_set(job_.folder, kTestOodSet);
    write("valid.json", {&valid, 1}, GrokkedFile::kValid);
    write("test.json", probes_, GrokkedFile::kTest);
    for (const FactSet& set : three_hops_) {
      write(set.folder().filename().string() + ".json", {&set, 1}, GrokkedFile::kThreeHop);
    }
    JsonListFile tokens(folder_.part() / "vocab.json");
    for (const std::string& token : grokked_tokens(vocabulary(), chains_)) {
      tokens.add(cat('"', token, '"'));
    }
    tokens.finish();
    folder_.finish();
  }

 private:
  const FactVocabulary& vocabulary() const { return train_.records().vocabulary; }

  /// All sets must be of one world; the first longer fact says whether its answers are chains.
  void check() {
    const auto check_set = [&](const FactSet& set) {
      require_data(set.records().vocabulary == vocabulary(), set.folder().string(),
                   ": has another vocabulary than ", train_.folder().string());
      total_ += set.size();
      chains_ = chains_ || (!set.empty() && has_chain(set[0], vocabulary()));
    };
    for (const FactSet& set : probes_) check_set(set);
    for (const FactSet& set : three_hops_) check_set(set);
    total_ += train_.size();
  }

  void write(const std::string& name, std::span<const FactSet> sets, GrokkedFile kind) {
    JsonListFile file(folder_.part() / name);
    for (const FactSet& set : sets) {
      for (FactItem item : set) {
        if (job_.drawn) item.noisy = job_.drawn(item);
        file.add(grokked_item(item, vocabulary(), kind));
        if (kind != GrokkedFile::kValid) job_.watch(++done_, total_);
      }
    }
    file.finish();
  }

  const ExportJob& job_;
  FactSet train_;
  OutputFolder folder_;
  std::vector<FactSet> probes_;
  std::vector<FactSet> three_hops_;
  bool chains_ = false;
  std::uint64_t done_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

void export_grokked(const ExportJob& job) { WorldExport(job).run(); }

}  // namespace recombine
