// What the generator reads: recipes, descriptions of splits and worlds, seals of shards.

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/lines.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/storage/shard.h"
#include "generator/facts/recipe.h"
#include "generator/facts/write.h"
#include "generator/family.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/split_run.h"
#include "generator/merge.h"
#include "generator/writer/folder.h"
#include "generator/writer/parts.h"
#include "generator/writer/shard_seal.h"
#include "tests/fuzz/fixtures.h"
#include "tests/fuzz/scratch.h"
#include "tests/fuzz/target.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// Runs them all, refusals or not.
template <class... Readers>
void each(const Readers&... readers) {
  const auto one = [](const auto& reader) {
    try {
      reader();
    } catch (
        const InputError&) {      // NOLINT(bugprone-empty-catch): the others are asked all the same
    } catch (const DataError&) {  // NOLINT(bugprone-empty-catch)
    }
  };
  (one(readers), ...);
}

/// What every reader of recipes makes of it, short of making the set.
void read_recipe(std::string_view bytes) {
  const Json recipe = json_from_text(bytes);
  each([&] { source_of(recipe); }, [&] { read_fact_recipe(recipe); },
       [&] { read_split_recipe(recipe); }, [&] { read_grid_recipe(recipe); },
       [&] { grids_of(recipe); });
}

std::vector<std::string> recipe_seeds() {
  return {read_manifest(fuzz_grids()).recipe.dump(),
          read_manifest(fuzz_split() / "train").recipe.dump(),
          read_manifest(fuzz_world() / "train").recipe.dump()};
}

/// What verify makes of a folder whose description has these bytes.
void check_folder(const fs::path& sound, const std::string& file, std::string_view bytes) {
  const std::string name = "checked-" + file;
  if (!fs::exists(scratch_folder() / name))
    fs::copy(sound, scratch_place(name), fs::copy_options::recursive);
  const fs::path folder = scratch_file(name + "/" + file, bytes).parent_path();
  const auto names = data_set_names(folder);
  const auto family = generated_family(read_manifest(folder / names.front()).family);
  VerifyOptions options;
  options.quiet = true;
  options.threads = 1;
  family.check_folder(folder, names, options, [](const std::string&, const auto& run) {
    each(run);
    return true;
  });
}

void read_seal_text(std::string_view bytes) {
  static const fs::path kShard =
      scratch_file("seal/" + shard_file_name(0, 1), shard_bytes(fuzz_grids()));
  scratch_file("seal/" + seal_file(kShard).filename().string(), bytes);
  static const Json kRecipe = read_manifest(fuzz_grids()).recipe;
  each([] { read_seal(kShard); }, [] { fault_of_shard(kShard, 0, 70, kRecipe); });
}

std::vector<std::string> seal_seeds() {
  const fs::path shard = scratch_file("sealed/" + shard_file_name(0, 1), shard_bytes(fuzz_grids()));
  write_seal(shard, {describe_shard(shard), "sha256:0", read_manifest(fuzz_grids()).recipe, {}});
  return {read_file(seal_file(shard))};
}

/// recipe.json of a set that several machines make.
void read_begun(std::string_view bytes) {
  const fs::path folder = scratch_file(std::string("begun/") + kRecipeFile, bytes).parent_path();
  const std::vector<fs::path> folders = {folder};
  const SetParts parts = find_parts(folders);
  remake_command(parts, {0, "is missing", folder, false});
}

std::vector<std::string> begun_seeds() {
  Json begun = read_manifest(fuzz_grids()).recipe;
  begun["shards"] = 3;
  return {begun.dump(2) + "\n"};
}

}  // namespace

std::vector<FuzzTarget> generator_targets() {
  const auto file_of = [](const fs::path& folder, const char* file) {
    return std::vector{read_file(folder / file)};
  };
  return {
      {"recipe", read_recipe, recipe_seeds},
      {"split", [](std::string_view bytes) { check_folder(fuzz_split(), "split.json", bytes); },
       [file_of] { return file_of(fuzz_split(), "split.json"); }},
      {"world", [](std::string_view bytes) { check_folder(fuzz_world(), kWorldFile, bytes); },
       [file_of] { return file_of(fuzz_world(), kWorldFile); }},
      {"seal", read_seal_text, seal_seeds},
      {"begun-set", read_begun, begun_seeds},
  };
}

}  // namespace recombine
