// recombine verify: one line a check.

#include "generator/verify.h"

#include <algorithm>
#include <iomanip>
#include <iostream>

#include <nlohmann/json.hpp>

#include "data/json.h"
#include "data/usual_notes.h"
#include "tools/command.h"

namespace recombine {
namespace {

struct VerifyVerbOptions {
  bool all = false;
  bool json = false;
  int threads = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("all", self.all, "check every episode, not a sample; facts are all checked",
          {.read_by = {"grids"}});
    visit("json", self.json, "one JSON object instead of text");
    visit("threads", self.threads, "threads; 0: all cores; never changes the result",
          threads_notes({"grids"}));
  }
};

class VerifyVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    const auto checks =
        verify_folder(only_positional(call, "the folder of a data set, a split or a world"),
                      {own_.all, call.quiet, own_.threads});
    const bool ok = std::ranges::all_of(checks, &Check::ok);
    if (own_.json) {
      Json rows = Json::array();
      for (const Check& check : checks)
        rows.push_back({{"name", check.name}, {"ok", check.ok}, {"detail", check.detail}});
      std::cout << Json{{"ok", ok}, {"checks", rows}}.dump(2) << "\n";
    } else {
      for (const Check& check : checks) {
        std::cout << (check.ok ? "ok      " : "FAILED  ") << std::left << std::setw(28)
                  << check.name << " " << check.detail << "\n";
      }
    }
    return ok ? kDone : kAnswerIsNo;
  }

 private:
  VerifyVerbOptions own_;
};

}  // namespace

std::unique_ptr<Verb> make_verify() { return std::make_unique<VerifyVerb>(); }

}  // namespace recombine
