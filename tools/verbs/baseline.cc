// recombine baseline: answers of a predictor without training.

#include "eval/baselines/baseline.h"

#include <iostream>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/prediction_parts.h"
#include "data/usual_notes.h"
#include "eval/baselines/fact_baseline.h"
#include "eval/scoring/evaluation.h"
#include "eval/scoring/family.h"
#include "tools/command.h"
#include "tools/shard_option.h"

namespace recombine {
namespace {

struct BaselineOptions {
  std::string data;
  std::string out;
  std::uint64_t seed = 0;
  std::uint64_t limit = 0;
  std::string shard;
  int threads = 0;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("data", self.data, "folder of the data set to answer");
    visit("out", self.out, "prediction file (.jsonl); its .meta.json is written beside it");
    visit("seed", self.seed, "names the random words of random-rule");
    visit("limit", self.limit, "answer the first so many items alone, of which scores are; 0: all");
    visit(
        "shard", self.shard,
        "k/K: answer the k-th of K parts of the items alone, k from 0; merge and evaluate take the "
        "parts");
    visit("threads", self.threads, "threads; 0: all cores; never changes the result",
          threads_notes({"grids"}));
    visit("force", self.force, "replace a file that is there");
  }
};

class BaselineVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    const std::string& name = only_positional(call, "the name of a baseline");
    require(!own_.data.empty(), "--data is missing: the folder of the data set to answer");
    require(!own_.out.empty(), "--out is missing: the prediction file to write");
    part_ = read_part(own_.shard);
    refuse_existing_predictions(own_.out, own_.force);
    const std::size_t items = open_set(own_.data, [&](const auto& data) {
      const std::size_t size = asked_of(data);
      Progress progress("baseline " + name, "items", size, call.quiet);
      answer(name, data, [&](std::size_t done) {
        check_interrupted("nothing was written; run it again");
        progress.update(done);
      });
      progress.finish();
      return size;
    });
    std::cout << own_.out << ": answers of " << name << " to " << items << " items\n";
    return kDone;
  }

 private:
  template <class Set>
  std::size_t asked_of(const Set& data) const {
    return items_of(part_, within_limit(own_.limit, data.size())).size();
  }

  void answer(const std::string& name, const EpisodeSet& data, const OnItem& on_item) const {
    const BaselineEntry& baseline = find_baseline(name);
    const Silence silent = write_baseline(
        baseline, data, {own_.seed, own_.threads, split_name(own_.data, ""), part_, own_.limit},
        own_.out, on_item);
    const std::string none = cat("recombine baseline: ", name, ": no answer to ");
    if (silent.without_study > 0) {
      std::cerr << none << silent.without_study << " of " << asked_of(data)
                << " episodes, which have no study pairs\n";
    }
    if (silent.queries > 0)
      std::cerr << none << silent.queries << " queries: " << baseline.no_answer << "\n";
  }
  void answer(const std::string& name, const FactSet& data, const OnItem& on_item) const {
    write_baseline(find_fact_baseline(name), data, {split_name(own_.data, ""), part_, own_.limit},
                   own_.out, on_item);
  }

  BaselineOptions own_;
  PredictionPart part_;
};

}  // namespace

std::unique_ptr<Verb> make_baseline() { return std::make_unique<BaselineVerb>(); }

}  // namespace recombine
