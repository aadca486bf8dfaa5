// recombine generate: a data set or a world, out of options or out of a recipe.

#include "tools/verbs/generate.h"

#include <iostream>

#include <nlohmann/json.hpp>

#include "data/file.h"
#include "data/text.h"
#include "generator/remake.h"

namespace recombine {
namespace {

class GenerateVerb : public Verb {
 public:
  void declare(Options& options) override {
    options.add(own_);
    options.add_section("grids", run_);
    options.add_section("grids", grids_);
    options.add_section("facts", facts_);
    options.add_section("facts", fact_run_);
    options.family_sections({"grids", "facts"});
  }

  int run(const Call& call) override {
    require(!own_.out.empty(), "--out is missing: the folder of the data set");
    if (!own_.recipe.empty()) return from_recipe(call);
    const std::string& family = only_positional(call, "grids or facts");
    if (family == "grids") return generate_grids(own_, grids_, run_, call.quiet);
    require(family == "facts", "no family '", family, "'; known: grids, facts");
    return generate_facts(own_, facts_, call.quiet);
  }

 private:
  int from_recipe(const Call& call) {
    require(call.positional.empty(), "--recipe says what to make: leave out '",
            join_text(call.positional, " "), "'");
    require(own_.shard.empty(), "--shard: goes with options and not with --recipe");
    const std::string text = read_file(own_.recipe);
    Json recipe;
    try {
      recipe = Json::parse(text);
    } catch (const Json::exception& error) {
      throw DataError(cat(own_.recipe, ": is not a recipe (", error.what(), ")"));
    }
    const WriteOptions write{own_.out,     run_.episodes, run_.shards, -1,
                             run_.threads, own_.resume,   own_.force,  call.quiet};
    if (!is_folder_recipe(recipe))
      return is_as_recorded(own_.out, remake(recipe, write), recipe) ? kDone : kAnswerIsNo;
    bool all = true;
    std::size_t made = 0;
    for (const auto& [name, manifest] : remake_folder(recipe, write)) {
      const Json recorded = recipe["sets"].value(name, Json::object());
      all &= is_as_recorded(own_.out + "/" + name, manifest, recorded);
      ++made;
    }
    require_data(made == recipe["sets"].size(), own_.recipe, ": names ", recipe["sets"].size(),
                 " sets, and ", made, " were made");
    return all ? kDone : kAnswerIsNo;
  }

  /// Prints what was made; says so where `recorded` has another digest.
  bool is_as_recorded(const std::string& folder,
                      const Manifest& manifest,
                      const Json& recorded) const {
    std::cout << folder << ": " << manifest.count
              << (manifest.family == "grids" ? " episodes, " : " facts, ") << manifest.digest
              << "\n";
    const std::string wanted = recorded.value("digest", "");
    if (wanted.empty() || wanted == manifest.digest) return true;
    std::cerr << "recombine generate: " << own_.recipe << ": the digest of " << folder
              << " is not the recorded one, " << wanted << "\n";
    return false;
  }

  GenerateOptions own_;
  GridRunConfig run_;
  GridConfig grids_;
  FactConfig facts_;
  FactRunConfig fact_run_;
};

}  // namespace

std::unique_ptr<Verb> make_generate() { return std::make_unique<GenerateVerb>(); }

}  // namespace recombine
