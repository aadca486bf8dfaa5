#include "meta/batches/trained_data.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/text.h"
#include "generator/facts/recipe.h"

namespace recombine {
namespace {

constexpr const char* kTriplets = "triplets";
constexpr const char* kRecipe = "recipe";

/// Options that make another world: other facts, or others that are held out.
constexpr std::array<std::string_view, 9> kWorldOptions = {
    "task",         "entities", "relations",    "degree",       "values",
    "permutations", "seed",     "ood-fraction", "test-fraction"};

bool is_ood(const std::string& split) { return split.ends_with("_ood"); }

/// Nothing for a recipe of something else, such as an import.
std::optional<FactConfig> fact_config(const Json& recipe) {
  try {
    return read_fact_recipe(recipe).config;
  } catch (const DataError&) {
    return std::nullopt;
  }
}

/// "seed 77, not 1860, ..."
std::string world_differences(const FactConfig& asked, const FactConfig& trained) {
  const std::vector<Field> ours = describe(asked);
  const std::vector<Field> theirs = describe(trained);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const bool counts = std::ranges::find(kWorldOptions, ours[i].name) != kWorldOptions.end();
    if (counts && ours[i].value != theirs[i].value)
      texts.push_back(cat(ours[i].name, " ", ours[i].value, ", not ", theirs[i].value));
  }
  return join_text(texts, ", ");
}

}  // namespace

void add_triplet(std::set<std::string>& triplets, const Episode& episode) {
  if (!episode.grammar.shape_rule().type.empty()) triplets.insert(triplet(episode.grammar));
}

TrainedTriplets::TrainedTriplets(const Json& run_data, std::string split)
    : split_(std::move(split)) {
  if (is_ood(split_) && run_data.contains(kTriplets))
    trained_ = run_data[kTriplets].get<std::set<std::string>>();
}

void TrainedTriplets::add(const Episode& episode) {
  ++episodes_;
  if (!trained_.empty() && trained_.contains(triplet(episode.grammar))) ++known_;
}

void TrainedTriplets::add_others(const EpisodeSet& set, PartItems items) {
  if (trained_.empty()) return;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (i < items.begin || i >= items.end) add(set[i]);
  }
}

std::string TrainedTriplets::note() const {
  if (known_ == 0) return "";
  return cat(known_, " of ", episodes_, " episodes of ", split_,
             " combine rules that the run was trained on together");
}

std::string fact_data_note(const Json& run_data, const Json& asked_recipe) {
  if (!run_data.contains(kRecipe)) return "";
  const auto trained = fact_config(run_data[kRecipe]);
  const auto asked = fact_config(asked_recipe);
  if (!trained || !asked) return "";
  const std::string differences = world_differences(*asked, *trained);
  if (!differences.empty()) return "of another world than the run's: " + differences;
  if (trained->cot == asked->cot) return "";
  return trained->cot ? "the run learned answers with a chain of thought, these have none"
                      : "the run learned answers without a chain of thought, these have one";
}

}  // namespace recombine
