// recombine baseline: answers of a predictor without training.

#include "eval/baselines/baseline.h"

#include <iostream>

#include "data/file.h"
#include "data/progress.h"
#include "eval/evaluation.h"
#include "tools/command.h"

namespace recombine {
namespace {

struct BaselineOptions {
  std::string data;
  std::string out;
  std::uint64_t seed = 0;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("data", self.data, "folder of the data set to answer");
    visit("out", self.out, "prediction file (.jsonl); its .meta.json is written beside it");
    visit("seed", self.seed, "names the random words of random-rule");
    visit("force", self.force, "replace a file that is there");
  }
};

class BaselineVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    const BaselineEntry& baseline = find_baseline(only_positional(call, "the name of a baseline"));
    require(!own_.data.empty(), "--data is missing: the folder of the data set to answer");
    require(!own_.out.empty(), "--out is missing: the prediction file to write");
    refuse_existing(own_.out, own_.force);
    const EpisodeSet data(own_.data);
    Progress progress("baseline " + std::string(baseline.name), "episodes", data.size(),
                      call.quiet);
    write_baseline(baseline, data, own_.seed, split_name(own_.data, ""), own_.out,
                   [&](std::size_t done) {
                     check_interrupted("nothing was written; run it again");
                     progress.update(done);
                   });
    progress.finish();
    std::cout << own_.out << ": answers of " << baseline.name << " to " << data.size()
              << " episodes\n";
    return kDone;
  }

 private:
  BaselineOptions own_;
};

}  // namespace

std::unique_ptr<Verb> make_baseline() { return std::make_unique<BaselineVerb>(); }

}  // namespace recombine
