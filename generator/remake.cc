#include "generator/remake.h"

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/storage/record_set.h"
#include "generator/facts/write.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/split_run.h"
#include "generator/writer/folder.h"

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

/// What is under `key`, if anything, must be a text.
void require_text(const Json& recipe, const char* key) {
  require_data(!recipe.contains(key) || recipe[key].is_string(), "recipe: ", key,
               " must be a text");
}

/// "" where there is none.
std::string text_of(const Json& recipe, const char* key) {
  require_text(recipe, key);
  return recipe.contains(key) ? recipe[key].get<std::string>() : "";
}

/// A recipe's "sets", each of which may say its count and digest.
void require_sets(const Json& recipe) {
  require_data(is_folder_recipe(recipe) && recipe["sets"].is_object(),
               "recipe: sets must be an object with an object for each set");
  for (const auto& [name, set] : recipe["sets"].items()) {
    require_data(set.is_object(), "recipe: sets: ", name, " must be an object");
    if (set.contains("count")) whole_number(set["count"], "recipe: sets: " + name + ": count");
    require_data(!set.contains("digest") || set["digest"].is_string(), "recipe: sets: ", name,
                 ": digest must be a text");
  }
}

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
  require_data(text_of(recipe.parent, "family") != "facts",
               "recipe: its parent holds facts, and it is grids that are split");
  WriteOptions parent = options;
  parent.folder = folder;
  parent.shards = 1;
  const std::string wanted = text_of(recipe.parent, "digest");
  const Manifest made = remake(recipe.parent, parent);
  require_data(wanted.empty() || made.digest == wanted, "recipe: its parent has the digest ",
               made.digest, " and not ", wanted);
}

void require_one_go(const WriteOptions& options) {
  require(options.shards == 1, "--shards ", options.shards, ": this recipe's sets are one shard");
  require(!options.resume, "--resume: this recipe's sets are made in one go");
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

Manifest make_fact_set(const Json& recipe, const WriteOptions& options) {
  require_one_go(options);
  return write_world_set(options.folder, read_fact_recipe(recipe), options.force, options.quiet);
}

}  // namespace

bool is_folder_recipe(const Json& recipe) { return recipe.contains("sets"); }

std::vector<std::pair<std::string, Manifest>> remake_folder(const Json& recipe,
                                                            const WriteOptions& options) {
  require_one_go(options);
  require_sets(recipe);
  // The recipe of any of its sets says how they all are made.
  Json one = recipe;
  if (text_of(recipe, "family") == "facts") {
    one["set"] = "train";
    write_world(options.folder, read_fact_recipe(one).config, options.force, options.quiet);
  } else {
    require_data(recipe.contains("split") && recipe["split"].is_object(),
                 "recipe: split must be an object with the options of the split");
    one["split"]["set"] = "train";
    const SplitRecipe split = read_split_recipe(one);
    const WorkFolder work(options.folder);
    make_parent(split, options, work / "parent");
    split_data_set(work / "parent", options.folder, split.config, options.force, options.quiet);
  }
  std::vector<std::pair<std::string, Manifest>> sets;
  for (const std::string& name : data_set_names(options.folder))
    sets.emplace_back(name, read_manifest(options.folder / name));
  return sets;
}

Manifest remake(const Json& recipe, const WriteOptions& options) {
  require_data(recipe.is_object(), "recipe: is no JSON object");
  require_text(recipe, "digest");
  if (text_of(recipe, "family") == "facts") return make_fact_set(recipe, options);
  if (recipe.contains("split")) return make_split_set(read_split_recipe(recipe), options);
  return make_generated(recipe, options);
}

}  // namespace recombine
