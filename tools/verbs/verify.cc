// recombine verify: one line a check.

#include "generator/verify.h"

#include <algorithm>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <optional>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json.h"
#include "data/storage/record_set.h"
#include "data/usual_notes.h"
#include "eval/census/by_set.h"
#include "eval/tables/table.h"
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
          threads_notes());
  }
};

class VerifyVerb : public Verb {
 public:
  void declare(Options& options) override { options.add(own_); }

  int run(const Call& call) override {
    const std::filesystem::path folder =
        only_positional(call, "the folder of a data set, a split or a world");
    auto checks = verify_folder(folder, {own_.all, call.quiet, own_.threads});
    const std::optional<FactorsBySet> factors = factors_of(folder, call.quiet);
    if (factors) checks.push_back({"factors", true, held_out_text(*factors)});
    const bool ok = std::ranges::all_of(checks, &Check::ok);
    if (own_.json) {
      Json rows = Json::array();
      for (const Check& check : checks)
        rows.push_back({{"name", check.name}, {"ok", check.ok}, {"detail", check.detail}});
      Json result = {{"ok", ok}, {"checks", rows}};
      if (factors) result["factors"] = to_json(*factors);
      std::cout << result.dump(2) << "\n";
    } else {
      for (const Check& check : checks) {
        std::cout << (check.ok ? "ok      " : "FAILED  ") << std::left << std::setw(28)
                  << check.name << " " << check.detail << "\n";
      }
      if (factors) std::cout << "\n" << aligned_text(table_of(*factors));
    }
    return ok ? kDone : kAnswerIsNo;
  }

 private:
  /// Of a split or a world; nothing where one of its sets is damaged, which a check has told.
  std::optional<FactorsBySet> factors_of(const std::filesystem::path& folder, bool quiet) const {
    const bool several = std::filesystem::exists(folder / "split.json") ||
                         std::filesystem::exists(folder / "world.json");
    if (!several) return std::nullopt;
    try {
      return count_by_set(folder, data_set_names(folder), own_.threads, quiet);
    } catch (const DataError&) {
      return std::nullopt;
    }
  }

  VerifyVerbOptions own_;
};

}  // namespace

std::unique_ptr<Verb> make_verify() { return std::make_unique<VerifyVerb>(); }

}  // namespace recombine
