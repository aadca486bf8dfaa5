#include "generator/world_split/split_world.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/fact_vocabulary.h"
#include "data/set_names.h"
#include "data/storage/file.h"
#include "data/storage/manifest.h"
#include "data/text.h"
#include "generator/facts/recipe.h"
#include "generator/facts/write.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

void require_axes_of_facts(const SplitConfig& config) {
  Names known;
  for (const FactAxis& axis : kFactAxes) known.emplace_back(axis.name);
  for (const std::string& name : config.axis) {
    require(std::ranges::find(known, name) != known.end(), "--axis ", name,
            ": is of grids, and --data is a world of facts; its axes are ", join_text(known, ", "));
  }
  SplitConfig open;
  open.axis = config.axis;
  open.hold_out = config.hold_out;
  open.test_fraction = config.test_fraction;
  open.seed = config.seed;
  require(config == open,
          "--data is a world of facts: of [split], --axis, --hold-out, --test-fraction and --seed "
          "count; leave out the others");
}

/// What the axes do not read was not meant: it would be written down as if it had counted.
void require_read(const SplitConfig& config) {
  static constexpr std::array<std::string_view, 4> kDrawing = {"bridge", "relation-pair",
                                                               "relation-second", "entities"};
  const std::string axes = join_text(config.axis, ",");
  const bool draws = std::ranges::any_of(config.axis, [](const std::string& name) {
    return std::ranges::find(kDrawing, name) != kDrawing.end();
  });
  const std::string advice =
      "nothing is drawn for it; the facts that are never composed are the world's, by its own "
      "--seed and --ood-fraction";
  require(draws || config.seed == SplitConfig{}.seed, "--seed ", config.seed, ": --axis ", axes,
          ": ", advice);
  require(draws || config.test_fraction == SplitConfig{}.test_fraction, "--test-fraction ",
          config.test_fraction, ": --axis ", axes, ": ", advice);
  const auto levels = std::ranges::count_if(
      config.axis, [](const std::string& name) { return name == "lambda" || name == "noise"; });
  require(levels == 0 || levels == std::ssize(config.axis), "--axis ", axes,
          ": lambda and noise hold out what a world without an axis does, and nothing beside "
          "another axis; --hold-out lambda=3.6 sets the level of any");
}

FactConfig config_of(const fs::path& world) {
  const Json recipe = read_manifest(world / std::string(kTrainSet)).recipe;
  require_data(recipe.contains("options"), world.string(),
               ": is imported: the graph behind it is not known, so it cannot be split anew");
  return read_fact_recipe(recipe).config;
}

/// "lambda=3.6" and "noise=0.4".
void set_levels(const SplitConfig& split, FactConfig& facts) {
  for (const std::string& word : split.hold_out) {
    const std::size_t sign = word.find('=');
    const std::string name = word.substr(0, sign);
    require(name == "lambda" || name == "noise", "--hold-out ", word, ": what --axis ", name,
            " leaves out is drawn by --seed; of facts, lambda=3.6 and noise=0.4 can be said");
    require(std::ranges::count_if(
                split.hold_out,
                [&](const std::string& other) { return other.starts_with(cat(name, "=")); }) == 1,
            "--hold-out ", join_text(split.hold_out, ","), ": ", name, " has one level");
    assign(facts, name, word.substr(sign + 1));
  }
  if (facts.noise > 0 && facts.noise_hop == "none") facts.noise_hop = "second";
  if (split.hold_out.empty()) return;
  try {
    facts.validate();
  } catch (const InputError& error) {
    throw InputError(cat("--hold-out ", join_text(split.hold_out, ","), ": ", error.what()));
  }
}

}  // namespace

bool is_world(const fs::path& folder) { return fs::exists(folder / kWorldFile); }

Json split_world(
    const fs::path& world, const fs::path& out, const SplitConfig& config, bool force, bool quiet) {
  config.validate();
  require_axes_of_facts(config);
  require_read(config);
  FactConfig facts = config_of(world);
  facts.axis = config.axis;
  facts.axis_fraction = config.test_fraction;
  facts.axis_seed = config.seed;
  set_levels(config, facts);
  write_world(out, facts, force, quiet);
  return parse_json(read_file(out / "split.json"));
}

}  // namespace recombine
