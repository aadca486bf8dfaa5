// recombine generate: a data set out of options or out of a recipe.

#include <algorithm>
#include <iostream>

#include "data/file.h"
#include "data/text.h"
#include "generator/grids/grid_source.h"
#include "generator/remake.h"
#include "generator/writer.h"
#include "tools/command.h"

namespace recombine {
namespace {

struct GenerateOptions {
  std::string out;
  std::string recipe;
  std::string shard;
  bool resume = false;
  bool force = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("out", self.out, "folder of the data set");
    visit("recipe", self.recipe,
          "make the set of a recipe again; exit 1 unless its digest comes out");
    visit("shard", self.shard,
          "k/K: write the k-th of K shards alone, k from 0; the last run finishes the set");
    visit("resume", self.resume, "go on with an interrupted run");
    visit("force", self.force, "replace a data set that is there");
  }
};

/// Reads "2/7" into the options; throws InputError.
void read_shard(const std::string& text, WriteOptions& write) {
  const auto slash = std::min(text.find('/'), text.size());
  const auto k = parse_number<int>(text.substr(0, slash));
  const auto all = parse_number<int>(text.substr(std::min(slash + 1, text.size())));
  require(k.has_value() && all.has_value() && *all >= 1 && *k >= 0 && *k < *all, "--shard ", text,
          ": must be k/K with k from 0 to K-1, such as 0/7");
  write.only_shard = *k;
  write.shards = *all;
}

class GenerateVerb : public Verb {
 public:
  void declare(Options& options) override {
    options.add(own_);
    options.add_section("grids", run_);
    options.add_section("grids", grids_);
    options.own_section("grids");
  }

  int run(const Call& call) override {
    require(!own_.out.empty(), "--out is missing: the folder of the data set");
    return own_.recipe.empty() ? from_options(call) : from_recipe(call);
  }

 private:
  WriteOptions write_options(const Call& call) const {
    return {own_.out,     run_.episodes, run_.shards, -1,
            run_.threads, own_.resume,   own_.force,  call.quiet};
  }

  std::optional<Manifest> write(const Call& call) {
    WriteOptions write = write_options(call);
    if (!own_.shard.empty()) {
      require(run_.stream == "counter",
              "--shard: the published stream is one sequence; --shards spreads it");
      require(!own_.force, "--shard with --force: would remove the other runs' shards; remove ",
              own_.out, " first");
      read_shard(own_.shard, write);
      run_.shards = write.shards;
    }
    const auto source = make_grid_source(grids_, run_);
    return write_data_set(*source, write);
  }

  int from_options(const Call& call) {
    const std::string& family = only_positional(call, "grids");
    require(family == "grids", "no family '", family, "'; known: grids");
    const auto manifest = write(call);
    if (!manifest) {
      std::cout << own_.out << ": shard " << own_.shard << " is written; others are missing\n";
      return kDone;
    }
    std::cout << own_.out << ": " << manifest->count << " episodes, " << manifest->digest << "\n";
    return kDone;
  }

  int from_recipe(const Call& call) {
    require(call.positional.empty(), "--recipe says what to make: leave out '",
            join_text(call.positional, " "), "'");
    const std::string text = read_file(own_.recipe);
    Json recipe;
    try {
      recipe = Json::parse(text);
    } catch (const Json::exception& error) {
      throw DataError(cat(own_.recipe, ": is not a recipe (", error.what(), ")"));
    }
    require(own_.shard.empty(), "--shard: goes with options and not with --recipe");
    const Manifest manifest = remake(recipe, write_options(call));
    const std::string wanted = recipe.value("digest", "");
    std::cout << own_.out << ": " << manifest.count << " episodes, " << manifest.digest << "\n";
    if (wanted.empty() || wanted == manifest.digest) return kDone;
    std::cerr << "recombine generate: " << own_.recipe << ": the digest is not the recorded one, "
              << wanted << "\n";
    return kAnswerIsNo;
  }

  GenerateOptions own_;
  GridRunConfig run_;
  GridConfig grids_;
};

}  // namespace

std::unique_ptr<Verb> make_generate() { return std::make_unique<GenerateVerb>(); }

}  // namespace recombine
