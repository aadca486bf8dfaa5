// recombine stats: what a data set is made of.

#include <functional>
#include <iostream>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "data/progress.h"
#include "data/screen/terminal.h"
#include "data/usual_notes.h"
#include "eval/census/facts.h"
#include "eval/census/grids.h"
#include "eval/scoring/family.h"
#include "generator/grids/check/verify.h"
#include "tools/command.h"

namespace recombine {
namespace {

struct StatsOptions {
  bool all = false;
  bool json = false;
  int threads = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("all", self.all, "ambiguity of every episode, not of a sample", {.read_by = {"grids"}});
    visit("json", self.json, "one JSON object instead of text");
    visit("threads", self.threads, "threads; 0: all cores; never changes the result",
          threads_notes({"grids"}));
  }
};

class StatsVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    const std::filesystem::path folder =
        only_positional(call, "the folder of a data set or a split");
    const auto names = data_set_names(folder);
    Json sets = Json::object();
    std::uint64_t count = 0;
    for (const std::string& name : names) {
      const Counted counted = count_one(folder / name, call.quiet);
      if (names.size() == 1 && name.empty()) {
        std::cout << (own_.json ? counted.json.dump(2) + "\n" : counted.text);
        return kDone;
      }
      count += counted.json.at("count").get<std::uint64_t>();
      if (!own_.json) std::cout << "== " << name << "\n" << counted.text << "\n";
      sets[name] = counted.json;
    }
    if (own_.json) std::cout << Json{{"count", count}, {"sets", std::move(sets)}}.dump(2) << "\n";
    return kDone;
  }

 private:
  struct Counted {
    Json json;
    std::string text;
  };

  using Watch = std::function<void(std::size_t)>;

  SetStatistics counted(const EpisodeSet& data, const Watch& watch) const {
    return count_set(data, watch, own_.threads);
  }
  static FactStatistics counted(const FactSet& data, const Watch& watch) {
    return count_set(data, watch);
  }

  void add_ambiguity(const EpisodeSet& data, SetStatistics& statistics, bool quiet) const {
    const std::size_t count = episodes_to_check(data.size(), own_.all, false).size();
    Progress progress("ambiguity", "items", count, quiet);
    statistics.ambiguity =
        count_ambiguity(data, rules_known_of(data), {own_.all, own_.threads, [&](std::size_t done) {
                                                       check_interrupted("nothing was written");
                                                       progress.update(done);
                                                     }});
    progress.finish();
  }
  static void add_ambiguity(const FactSet&, const FactStatistics&, bool) {}

  Counted count_one(const std::filesystem::path& folder, bool quiet) const {
    return open_set(folder, [&](const auto& data) {
      Progress progress("stats", "items", data.size(), quiet);
      auto statistics = counted(data, [&](std::size_t done) {
        check_interrupted("nothing was written");
        progress.update(done);
      });
      progress.finish();
      add_ambiguity(data, statistics, quiet);
      return Counted{to_json(statistics), to_text(statistics, terminal_width(STDOUT_FILENO))};
    });
  }

  StatsOptions own_;
};

}  // namespace

std::unique_ptr<Verb> make_stats() { return std::make_unique<StatsVerb>(); }

}  // namespace recombine
