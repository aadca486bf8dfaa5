#include "generator/facts/verify.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/progress.h"
#include "generator/facts/write.h"

namespace recombine {
namespace {

/// Whether the answer is the path's end, or all of it after its head, then </a>.
bool says_path(const FactItem& item) {
  const auto said = item.answer().first(item.answer().size() - 1);
  const auto path = std::span(item.path).subspan(1);
  return std::ranges::equal(said, path) || std::ranges::equal(said, path.last(1));
}

/// Whether the path is as long as the question and begins with its entity.
bool path_fits(const FactItem& item) {
  return item.path.size() == item.question().size() && item.path.front() == item.tokens.front();
}

}  // namespace

std::string WorldMaker::check(const Manifest& manifest) {
  if (!manifest.recipe.contains("set")) return "not made from a recipe: nothing to compare with";
  const FactRecipe recipe = read_fact_recipe(manifest.recipe);
  if (digests_.empty() || config_ != recipe.config) {
    config_ = recipe.config;
    digests_ = world_digests(config_, quiet_);
  }
  const auto made = std::ranges::find(digests_, recipe.set, [](const auto& d) { return d.first; });
  require_data(made->second == manifest.digest, "the recipe gives ", made->second,
               " and not the manifest's ", manifest.digest);
  return cat("all ", manifest.count, " facts made again, equal");
}

std::string check_fact_answers(const FactSet& set) {
  const FactVocabulary& vocabulary = set.records().vocabulary;
  // In files of others a false bridge may be in force that nothing marks (docs/FORMAT.md, grokked).
  const bool imported = set.manifest().recipe.contains("import");
  std::size_t noisy = 0;
  std::size_t paths = 0;
  std::size_t unmarked = 0;
  for (const FactItem& item : set) {
    check_interrupted("run it again");
    const std::string place = set.folder().string() + ": " + item.id;
    require_data(item.tokens.back() == vocabulary.end() && item.answer().size() >= 2, place,
                 ": the answer does not end with </a>");
    noisy += item.noisy ? 1 : 0;
    if (item.path.empty()) continue;
    ++paths;
    require_data(path_fits(item), place, ": the path does not fit the question");
    if (item.noisy || says_path(item)) continue;
    require_data(imported, place, ": the answer is not the path's");
    ++unmarked;
  }
  const std::string others =
      unmarked == 0 ? ""
                    : cat(", ", unmarked, " others are not the path's, and nothing marks them");
  return cat(paths, " of ", set.size(), " answers have a path; ", noisy, " are noisy", others);
}

}  // namespace recombine
