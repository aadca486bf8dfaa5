#include "generator/grids/split/remake.h"

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "data/storage/file.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/split_run.h"
#include "generator/writer/folder.h"
#include "generator/writer/recipe_text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// A folder for work that nobody is to see; removed in the end.
class WorkFolder {
 public:
  explicit WorkFolder(const fs::path& beside)
      : path_(without_slash(beside).string() + ".work.part") {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

Manifest make_generated(const Json& recipe, WriteOptions options) {
  GridRecipe made = read_grid_recipe(recipe);
  made.run.shards = options.shards;
  made.run.threads = options.threads;
  options.count = made.run.episodes;
  return write_data_set(*make_grid_source(made.grids, made.run), options).value();
}

/// Makes the parent of a split, which may be a set of a split itself, in `folder`; throws where it
/// does not come out as recorded.
void make_parent(const SplitRecipe& recipe, const WriteOptions& options, const fs::path& folder) {
  require_recipe(recipe.parent);
  require_data(recipe_text(recipe.parent, "family") != kFacts.name,
               "recipe: its parent holds facts, and it is grids that are split");
  WriteOptions parent = options;
  parent.folder = folder;
  parent.shards = 1;
  const std::string wanted = recipe_text(recipe.parent, "digest");
  const Manifest made = remake_grids(recipe.parent, parent);
  require_data(wanted.empty() || made.digest == wanted, "recipe: its parent has the digest ",
               made.digest, " and not ", wanted);
}

Manifest make_split_set(const SplitRecipe& recipe, const WriteOptions& options) {
  require_one_go(options);
  AtomicFolder out(options.folder, options.force);
  const WorkFolder work(options.folder);
  make_parent(recipe, options, work / "parent");
  split_data_set(work / "parent", work / "split", recipe.config, true, options.quiet);
  const fs::path set = work / "split" / recipe.set;
  Manifest manifest = read_manifest(set);
  for (const auto& entry : fs::directory_iterator(set))
    fs::rename(entry.path(), out.part() / entry.path().filename());
  out.commit();
  return manifest;
}

}  // namespace

Manifest remake_grids(const Json& recipe, const WriteOptions& options) {
  if (recipe.contains("split")) return make_split_set(read_split_recipe(recipe), options);
  return make_generated(recipe, options);
}

void remake_split(const Json& recipe, const WriteOptions& options) {
  require_data(recipe.contains("split") && recipe["split"].is_object(),
               "recipe: split must be an object with the options of the split");
  // The recipe of any of its sets says how they all are made.
  Json one = recipe;
  one["split"]["set"] = "train";
  const SplitRecipe split = read_split_recipe(one);
  const WorkFolder work(options.folder);
  make_parent(split, options, work / "parent");
  split_data_set(work / "parent", options.folder, split.config, options.force, options.quiet);
}

}  // namespace recombine
