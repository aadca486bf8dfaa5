#pragma once
// The parts of `recombine generate`, one for each family.

#include <string>

#include "generator/facts/config.h"
#include "generator/grids/config.h"
#include "generator/grids/run_config.h"
#include "tools/command.h"

namespace recombine {

/// Options of the verb itself.
struct GenerateOptions {
  std::string out;
  std::string recipe;
  std::string shard;
  bool resume = false;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("out", self.out, "folder of the data set or world");
    visit("recipe", self.recipe,
          "make the set of a recipe again; exit 1 unless its digest comes out");
    visit("shard", self.shard,
          "k/K: write the k-th of K shards alone, k from 0; the run that completes the folder, or "
          "merge, finishes the set",
          {.read_by = {"grids"}});
    visit("resume", self.resume,
          "go on with an interrupted run; a world, which is written at once, begins again");
    visit("force", self.force, "replace a data set that is there");
  }
};

/// Writes a set of episodes. Returns an exit code. (tools/verbs/generate_grids.cc)
int generate_grids(const GenerateOptions& options,
                   const GridConfig& grids,
                   GridRunConfig run,
                   bool quiet);

/// Writes a world of facts. (tools/verbs/generate_facts.cc)
int generate_facts(const GenerateOptions& options, const FactConfig& facts, bool quiet);

}  // namespace recombine
