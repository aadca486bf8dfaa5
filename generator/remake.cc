#include "generator/remake.h"

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/file.h"
#include "generator/facts/write.h"
#include "generator/grids/grid_source.h"
#include "generator/grids/split_run.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// A folder for work that nobody is to see; removed in the end.
class WorkFolder {
 public:
  explicit WorkFolder(const fs::path& beside) : path_(beside.string() + ".work.part") {
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
  options.count = made.run.episodes;
  return write_data_set(*make_grid_source(made.grids, made.run), options).value();
}

Manifest make_split_set(const SplitRecipe& recipe, const WriteOptions& options) {
  AtomicFolder out(options.folder, options.force);
  const WorkFolder work(options.folder);
  WriteOptions parent = options;
  parent.folder = work / "parent";
  parent.shards = 1;
  const Manifest made = make_generated(recipe.parent, parent);
  const std::string wanted = recipe.parent.value("digest", made.digest);
  require_data(made.digest == wanted, "recipe: its parent has the digest ", made.digest,
               " and not ", wanted);
  split_data_set(parent.folder, work / "split", recipe.config, true, options.quiet);
  const fs::path set = work / "split" / recipe.set;
  Manifest manifest = read_manifest(set);
  for (const auto& entry : fs::directory_iterator(set))
    fs::rename(entry.path(), out.part() / entry.path().filename());
  out.commit();
  return manifest;
}

Manifest make_fact_set(const Json& recipe, const WriteOptions& options) {
  require(options.shards == 1, "--shards ", options.shards, ": a set of facts is one shard");
  require(!options.resume, "--resume: a set of facts is made in one go");
  return write_world_set(options.folder, read_fact_recipe(recipe), options.force, options.quiet);
}

}  // namespace

Manifest remake(const Json& recipe, const WriteOptions& options) {
  if (recipe.value("family", "") == "facts") return make_fact_set(recipe, options);
  if (recipe.contains("split")) return make_split_set(read_split_recipe(recipe), options);
  return make_generated(recipe, options);
}

}  // namespace recombine
