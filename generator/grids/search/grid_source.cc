#include "generator/grids/search/grid_source.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "data/json_words.h"
#include "data/storage/codec.h"
#include "generator/grids/search/draft.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/search/fixed_rules.h"
#include "generator/grids/search/published.h"

namespace recombine {
namespace {

/// Without uniqueness the key is empty, and never refused.
Item to_item(const Episode& episode, bool unique) {
  return {encode_episode(episode), unique ? grammar_key(episode.grammar) : std::string()};
}

class GridSource : public RecordSource {
 public:
  GridSource(GridConfig grids, GridRunConfig run)
      : grids_(std::move(grids)), run_(std::move(run)) {}

  std::string key_of(const std::string& record) const override {
    return grids_.unique ? grammar_key(decode_episode(record).grammar) : std::string();
  }
  std::string family() const override { return std::string(kGrids.name); }
  Json recipe() const override {
    Json options = Json::object();
    for (const Field& field : changed_fields(grids_)) options[field.name] = field.value;
    return {{"family", kGrids.name},
            {"stream", run_.stream},
            {"seed", run_.seed},
            {"options", options}};
  }

 protected:
  GridConfig grids_;
  GridRunConfig run_;
};

class CounterSource : public GridSource {
 public:
  CounterSource(const GridConfig& grids, const GridRunConfig& run)
      : GridSource(grids, run), maker_(grids, run.seed) {}

  Item make(std::uint64_t index, int attempt) override {
    return to_item(maker_.make(index, attempt), grids_.unique);
  }
  std::uint64_t together() const override { return grids_.twins ? 2 : 1; }

 private:
  EpisodeMaker maker_;
};

class PublishedSource : public GridSource {
 public:
  PublishedSource(const GridConfig& grids, const GridRunConfig& run)
      : GridSource(grids, run), maker_(grids, run.seed) {}

  Item make(std::uint64_t, int) override { return to_item(maker_.next(), grids_.unique); }
  bool in_order() const override { return true; }

 private:
  PublishedMaker maker_;
};

bool is_published_kind(const GridConfig& grids) {
  const GridConfig usual;
  return grids.indicators == usual.indicators && grids.order == usual.order &&
         grids.study_pairs_of == usual.study_pairs_of && grids.query_depth == usual.query_depth &&
         grids.further_sides == usual.further_sides && grids.further_study == usual.further_study &&
         grids.bystanders == usual.bystanders;
}

/// The recipe of what splits, if any, began with.
const Json& root_of(const Json& recipe) {
  const Json* root = &recipe;
  while (root->contains("parent")) root = &root->at("parent");
  return *root;
}

}  // namespace

std::unique_ptr<RecordSource> make_grid_source(const GridConfig& grids, const GridRunConfig& run) {
  run.validate();
  require(!grids.fixed_rules || (run.stream == "published" && run.episodes == kFixedEpisodes),
          "--static: is ", kFixedEpisodes, " episodes of the published stream; has --episodes ",
          run.episodes, " --stream ", run.stream);
  require(grids.unique || run.stream == "counter",
          "--unique off: the published stream is one sequence, whose grammars all differ; it goes "
          "with --stream counter");
  require(!grids.certify || run.stream == "counter",
          "--certify: leaves episodes out, and the published stream has none to leave out; it goes "
          "with --stream counter");
  require(run.stream == "counter" || is_published_kind(grids),
          "--indicators, --order, --study-pairs-of, --query-depth, --further-sides, "
          "--further-study, --bystanders: the published stream has episodes of one kind; they go "
          "with --stream counter");
  require(!grids.twins || run.stream == "counter",
          "--twins: the published stream has none; it goes with --stream counter");
  require(!grids.twins || run.episodes % 2 == 0, "--episodes ", run.episodes,
          ": --twins come in pairs, so it must be even");
  require(!grids.twins || static_cast<std::uint64_t>(run.shards) <= run.episodes / 2, "--shards ",
          run.shards, ": must be at most half of --episodes ", run.episodes,
          ", as --twins stand together");
  require(grids.difficulty.empty() || run.stream == "counter",
          "--difficulty: leaves episodes out, and the published stream has none to leave out; it "
          "goes with --stream counter");
  if (run.stream == "published") return std::make_unique<PublishedSource>(grids, run);
  return std::make_unique<CounterSource>(grids, run);
}

GridRecipe read_grid_recipe(const Json& recipe) {
  try {
    require_data(recipe.at("family") == kGrids.name && recipe.contains("stream"),
                 "recipe: is not the recipe of generated grids");
    GridRecipe made;
    made.run.stream = recipe.at("stream").get<std::string>();
    made.run.seed = whole_number(recipe.at("seed"), "recipe: seed");
    made.run.episodes = whole_number(recipe.at("count"), "recipe: count");
    for (const auto& [name, value] : recipe.at("options").items()) {
      require_data(assign(made.grids, name, value.get<std::string>()), "recipe: unknown option '",
                   name, "'");
    }
    return made;
  } catch (const Json::exception& error) {
    throw DataError(cat("recipe: ", json_words(error)));
  } catch (const InputError& error) {
    throw DataError(cat("recipe: ", error.what()));
  }
}

bool says_grids(const Json& recipe) { return root_of(recipe).contains("stream"); }

GridConfig grids_of(const Json& recipe) {
  return says_grids(recipe) ? read_grid_recipe(root_of(recipe)).grids : GridConfig{};
}

}  // namespace recombine
