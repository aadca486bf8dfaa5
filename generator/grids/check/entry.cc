// What making and verifying episodes is: the entry of grids in generator/registry.cc.

#include <filesystem>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/split_names.h"
#include "generator/family.h"
#include "generator/grids/check/audit.h"
#include "generator/grids/check/verify.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/remake.h"

namespace recombine {
namespace {

/// What a recipe, through splits to their parent, asks for. One that is damaged, of which other
/// checks tell, asks for nothing.
GridConfig asked_by(const Json& recipe) {
  try {
    return grids_of(recipe);
  } catch (const DataError&) {
    return {};
  }
}

class GridVerifier : public FamilyVerifier {
 public:
  explicit GridVerifier(const VerifyOptions& options) : options_(options) {}

  void check_set(const std::filesystem::path& folder,
                 const std::string& prefix,
                 const RunCheck& check) override {
    const EpisodeSet episodes(folder);
    check(prefix + "regeneration", [&] { return check_episodes(episodes, options_); });
    check(prefix + "answers", [&] { return check_answers(episodes, options_); });
    const GridConfig asked = asked_by(episodes.manifest().recipe);
    if (asked.is_certified())
      check(prefix + "certificates", [&] { return check_certificates(episodes, options_); });
    if (asked.twins) check(prefix + "twins", [&] { return check_twins(episodes); });
  }

 private:
  VerifyOptions options_;
};

void check_split_folder(const std::filesystem::path& folder,
                        const std::vector<std::string>& names,
                        const VerifyOptions& options,
                        const RunCheck& check) {
  check("split.json", [&] {
    return std::filesystem::exists(folder / "split.json")
               ? check_split_file(folder, names)
               : "there is none: what is held out is not known";
  });
  check("overlap", [&] { return check_split(folder, names, options.threads); });
  if (is_static_split(folder)) return;  // its items are pairs, which chance gives twice
  std::optional<SplitAudit> audit;
  check("overlap: images", [&] {
    audit.emplace(folder, names, options);
    return audit->check_episodes();
  });
  if (!audit) return;
  check("overlap: queries", [&] { return audit->check_queries(); });
  check("near-duplicates", [&] { return audit->count_near_duplicates(); });
}

}  // namespace

GeneratedFamily generated_grids() {
  return {.family = kGrids,
          .remake = remake_grids,
          .remake_folder = remake_split,
          .source = [](const Json& recipe) -> std::unique_ptr<RecordSource> {
            const GridRecipe made = read_grid_recipe(recipe);
            return make_grid_source(made.grids, made.run);
          },
          .verifier = [](const VerifyOptions& options) -> std::unique_ptr<FamilyVerifier> {
            return std::make_unique<GridVerifier>(options);
          },
          .folder_file = "split.json",
          .check_folder = check_split_folder};
}

}  // namespace recombine
