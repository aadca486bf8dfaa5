// recombine merge: one data set out of shards, or one file of predictions out of parts.

#include "generator/merge.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "data/family.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "data/storage/prediction_parts.h"
#include "data/usual_notes.h"
#include "tools/command.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

struct MergeVerbOptions {
  std::string out;
  int threads = 0;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("out", self.out, "folder of the data set, or the file of all predictions");
    visit("threads", self.threads, "threads; 0: all cores; never changes the result",
          threads_notes());
    visit("force", self.force, "replace what is there");
  }
};

class MergeVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    require(!call.positional.empty(),
            "takes the folders of shards that generate --shard made, or files of predictions");
    require(!own_.out.empty(), "--out is missing: the folder of the data set, or the file");
    const std::vector<fs::path> places(call.positional.begin(), call.positional.end());
    const auto folders = std::ranges::count_if(
        places, [](const fs::path& place) { return fs::is_directory(place); });
    require(folders == 0 || folders == std::ssize(places),
            "takes folders of shards or files of predictions, and not both");
    return folders == 0 ? merge_predictions(places, call) : merge_shards(places, call);
  }

 private:
  int merge_shards(const std::vector<fs::path>& folders, const Call& call) const {
    require_data(!fs::exists(own_.out) || fs::is_directory(own_.out), own_.out,
                 ": is a file, and a data set is a folder; give another --out");
    if (!fs::is_directory(own_.out) || !fs::is_empty(own_.out))
      refuse_existing(own_.out, own_.force);
    const SetParts parts = find_parts(folders);
    const std::unique_ptr<RecordSource> source = source_of(parts.recipe);
    const CheckedParts checked = check_parts(parts, *source, own_.threads, call.quiet);
    require_all(parts, checked);
    const Manifest manifest = merged(parts, checked, *source, call);
    std::cout << own_.out << ": " << manifest.count << " " << find_family(manifest.family).items
              << ", " << manifest.digest << "\n";
    return kDone;
  }

  Manifest merged(const SetParts& parts,
                  const CheckedParts& checked,
                  RecordSource& source,
                  const Call& call) const {
    try {
      return merge_parts(parts, checked.files, source,
                         {own_.out, own_.threads, own_.force, call.quiet});
    } catch (const Interrupted&) {
      throw Interrupted("interrupted; nothing was written, run it again");
    }
  }

  /// Prints the commands that make what is missing; throws DataError where something is.
  static void require_all(const SetParts& parts, const CheckedParts& checked) {
    if (checked.bad.empty()) return;
    for (const BadShard& bad : checked.bad) {
      std::cerr << "recombine merge: shard " << bad.shard << "/" << parts.shards.size() << ": "
                << bad.fault << "\n";
      std::cout << remake_command(parts, bad) << "\n";
    }
    throw DataError(cat(checked.bad.size(), " of ", parts.shards.size(),
                        " shards are missing or damaged; the commands on standard output make them "
                        "again"));
  }

  int merge_predictions(const std::vector<fs::path>& files, const Call& call) const {
    refuse_existing_predictions(own_.out, own_.force);
    const std::vector<PredictionFiles> all = group_parts(files);
    require_data(all.size() == 1, all.back().name(), ": is no part of the same answers as ",
                 all.front().name(), "; merge the parts of one predictor and one data set");
    const PredictionFiles& parts = all.front();
    Progress progress("merge", "answers", parts.meta.planned, call.quiet);
    PredictionWriter writer(own_.out, parts.meta);
    std::uint64_t answers = 0;
    for_each_prediction(parts, [&](const Prediction& prediction) {
      check_interrupted("nothing was written; run it again");
      writer.write(prediction);
      progress.update(++answers);
    });
    writer.finish();
    progress.finish();
    std::cout << own_.out << ": " << answers << " answers of " << parts.meta.predictor.name
              << " in " << parts.files.size() << " parts\n";
    return kDone;
  }

  MergeVerbOptions own_;
};

}  // namespace

std::unique_ptr<Verb> make_merge() { return std::make_unique<MergeVerb>(); }

}  // namespace recombine
