// recombine generate: a data set or a world, out of options or out of a recipe.

#include "tools/verbs/generate.h"

#include <algorithm>
#include <array>
#include <iostream>

#include <nlohmann/json.hpp>

#include "data/family.h"
#include "data/json_words.h"
#include "data/storage/text_file.h"
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
    options.family_sections({std::string(kGrids.name), std::string(kFacts.name)});
  }

  void check(const Call& call) const override {
    (this->*(call.positional.empty() ? kParts.front() : part_of(call)).check)();
  }

  int run(const Call& call) override {
    require(!own_.out.empty(), "--out is missing: the folder of the data set");
    if (!own_.recipe.empty()) return from_recipe(call);
    return (this->*part_of(call).make)(call);
  }

 private:
  /// What the verb does for a family. To add one: its two functions and a line.
  struct Part {
    std::string_view family;
    void (GenerateVerb::*check)() const;
    int (GenerateVerb::*make)(const Call& call);
  };
  static const std::array<Part, 2> kParts;

  static const Part& part_of(const Call& call) {
    const std::string& family = only_positional(call, "grids or facts");
    const auto* const part = std::ranges::find(kParts, family, &Part::family);
    require(part != kParts.end(), "no family '", family, "'; known: grids, facts");
    return *part;
  }

  void check_grids() const {
    grids_.validate();
    // How many is still to be said where the config is the beginning of one.
    GridRunConfig run = run_;
    run.episodes = std::max<std::uint64_t>(run.episodes, 1);
    run.validate();
  }
  int make_grids(const Call& call) { return generate_grids(own_, grids_, run_, call.quiet); }

  void check_facts() const { facts_.validate(); }
  int make_facts(const Call& call) { return generate_facts(own_, facts_, call.quiet); }

  int from_recipe(const Call& call) {
    require(call.positional.empty(), "--recipe says what to make: leave out '",
            join_text(call.positional, " "), "'");
    require(own_.shard.empty(), "--shard: goes with options and not with --recipe");
    const Names kept = {"out", "recipe", "resume", "force", "shards", "threads"};
    for (const std::string& key : call.options->given()) {
      require(std::ranges::find(kept, key) != kept.end(), "--", key,
              ": the recipe says what to make; leave the option out");
    }
    const std::string text = read_text_file(own_.recipe);
    Json recipe;
    try {
      recipe = parse_json(text);
    } catch (const std::exception& error) {
      throw DataError(cat(own_.recipe, ": is not a recipe (", json_words(error), ")"));
    }
    require_data(!recipe.is_object() || !recipe.contains("recipe"), own_.recipe,
                 ": holds a recipe and is none; `recombine export DIR --format recipe --out FILE` "
                 "writes it");
    try {
      return remake_all(recipe, call);
    } catch (const Json::exception& error) {
      throw DataError(cat(own_.recipe, ": is not a recipe (", json_words(error), ")"));
    } catch (const DataError& error) {
      if (!std::string_view(error.what()).starts_with("recipe: ")) throw;
      throw DataError(cat(own_.recipe, ": ", error.what()));
    }
  }

  int remake_all(const Json& recipe, const Call& call) {
    const WriteOptions write{own_.out,     run_.episodes, run_.shards, -1,
                             run_.threads, own_.resume,   own_.force,  call.quiet};
    if (!is_folder_recipe(recipe))
      return is_as_recorded(own_.out, remake(recipe, write), recipe) ? kDone : kAnswerIsNo;
    bool all = true;
    std::size_t made = 0;
    for (const auto& [name, manifest] : remake_folder(recipe, write)) {
      const Json recorded = recipe.at("sets").value(name, Json::object());
      all &= is_as_recorded(own_.out + "/" + name, manifest, recorded);
      ++made;
    }
    require_data(made == recipe.at("sets").size(), own_.recipe, ": names ",
                 recipe.at("sets").size(), " sets, and ", made, " were made");
    return all ? kDone : kAnswerIsNo;
  }

  /// Prints what was made; says so where `recorded` has another digest.
  bool is_as_recorded(const std::string& folder,
                      const Manifest& manifest,
                      const Json& recorded) const {
    std::cout << folder << ": " << manifest.count << " " << find_family(manifest.family).items
              << ", " << manifest.digest << "\n";
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

const std::array<GenerateVerb::Part, 2> GenerateVerb::kParts = {
    {{kGrids.name, &GenerateVerb::check_grids, &GenerateVerb::make_grids},
     {kFacts.name, &GenerateVerb::check_facts, &GenerateVerb::make_facts}}};

}  // namespace

std::unique_ptr<Verb> make_generate() { return std::make_unique<GenerateVerb>(); }

}  // namespace recombine
