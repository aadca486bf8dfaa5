// recombine generate facts: a world out of options.

#include <filesystem>
#include <iostream>
#include <optional>

#include <nlohmann/json.hpp>

#include "generator/facts/write.h"
#include "tools/verbs/generate.h"

namespace recombine {

int generate_facts(const GenerateOptions& options, const FactConfig& facts, bool quiet) {
  require(
      options.shard.empty(),
      "--shard: is an option of grids alone; a world is made at once, a million items a second");
  std::optional<Json> there;
  if (options.resume && !options.force) there = finished_world(options.out, facts);
  const Json world = there ? *there : write_world(options.out, facts, options.force, quiet);
  for (const auto& [name, set] : world.at("sets").items()) {
    std::cout << (std::filesystem::path(options.out) / name).string() << ": " << set.at("count")
              << " facts, " << set.at("digest").get<std::string>() << "\n";
  }
  return kDone;
}

}  // namespace recombine
