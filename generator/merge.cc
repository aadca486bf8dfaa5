#include "generator/merge.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "data/storage/file.h"
#include "generator/family.h"
#include "generator/writer/recipe_text.h"
#include "generator/writer/settle.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// As a shell reads it back.
std::string quoted(const std::string& text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./,=:+";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

}  // namespace

std::unique_ptr<RecordSource> source_of(const Json& recipe) {
  require_recipe(recipe);
  const GeneratedFamily family = generated_family(recipe_text(recipe, "family"));
  require_data(family.source != nullptr, "recipe: sets of ", family.family.name,
               " are made at once and not in shards");
  return family.source(recipe);
}

std::string remake_command(const SetParts& parts, const BadShard& bad) {
  const Json& recipe = parts.recipe;
  const auto options = recipe.find("options");
  require_data(recipe.contains("seed") && options != recipe.end() && options->is_object() &&
                   std::ranges::all_of(*options, &Json::is_string),
               "recipe: must have a seed, and options that are texts");
  std::string command = cat("recombine generate ", recipe_text(recipe, "family"), " --episodes ",
                            parts.count, " --seed ", recipe.at("seed").dump());
  for (const auto& [name, value] : options->items())
    command += cat(" --", name, "=", quoted(value.get<std::string>()));
  return cat(command, " --shard ", bad.shard, "/", parts.shards.size(), " --out ",
             quoted(bad.folder.string()), bad.anew ? "" : " --resume");
}

Manifest merge_parts(const SetParts& parts,
                     std::span<const fs::path> files,
                     RecordSource& source,
                     const MergeOptions& options) {
  AtomicFolder out(options.folder, options.force);
  Progress progress("merge", "items", parts.count, options.quiet);
  Sha256 digest;
  auto shards =
      settle_shards(source, files, {out.part(), parts.count, options.threads}, digest, progress);
  progress.finish();
  Manifest manifest{source.family(), parts.count,       "sha256:" + digest.hex_digest(),
                    parts.recipe,    std::move(shards), {}};
  write_manifest(out.part(), manifest);
  out.commit();
  return manifest;
}

}  // namespace recombine
