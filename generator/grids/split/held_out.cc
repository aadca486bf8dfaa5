#include "generator/grids/split/held_out.h"

#include <algorithm>
#include <iterator>
#include <map>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/random_cpython.h"
#include "data/storage/file.h"
#include "data/text.h"

namespace recombine {
namespace {

using Levels = std::vector<std::string>;

/// What --hold-out names of an axis: "size=9" is the level "9" of the axis "size".
Levels named_levels(const Axis& axis, const Names& hold_out) {
  Levels named;
  for (const std::string& word : hold_out) {
    const std::size_t sign = word.find('=');
    if (std::string_view(word).substr(0, sign) == axis.name && sign != std::string::npos)
      named.push_back(word.substr(sign + 1));
  }
  return named;
}

int number_in(const std::string& level) { return parse_number<int>(level).value_or(0); }

/// In the order in which they are held out.
Levels candidates(const Axis& axis, const std::set<std::string>& levels, std::uint64_t seed) {
  Levels order(levels.begin(), levels.end());
  if (axis.ordered) {
    std::ranges::stable_sort(order, std::ranges::greater{}, number_in);
  } else {
    CPythonRandom random(seed);
    shuffle(random, std::span(order));
  }
  return order;
}

/// The first of `order` that leave a level of every group in train, `wanted` of them at most.
Levels drawn_levels(const Axis& axis, const Levels& order, std::size_t wanted) {
  std::map<std::string, int> left;
  for (const std::string& level : order) ++left[axis.group(level)];
  Levels drawn;
  for (const std::string& level : order) {
    int& of_group = left[axis.group(level)];
    if (drawn.size() == wanted || of_group == 1) continue;
    --of_group;
    drawn.push_back(level);
  }
  return drawn;
}

void require_known(const Axis& axis, const Levels& named, const std::set<std::string>& levels) {
  const Levels known(levels.begin(), levels.end());
  for (const std::string& level : named) {
    require(levels.contains(level), "--hold-out ", axis.name, "=", level,
            ": no episode has it; nearest: ", nearest_name(level, known), " (of ",
            join_text(known, ", "), ")");
  }
}

}  // namespace

AxisLevels choose_levels(const Axis& axis,
                         const std::set<std::string>& levels,
                         const SplitConfig& config) {
  require(levels.size() > 1, "--axis ", axis.name, ": all episodes have the same, ",
          levels.empty() ? "none" : *levels.begin(), ", so there is nothing to hold out");
  AxisLevels chosen{&axis, {}, named_levels(axis, config.hold_out)};
  require_known(axis, chosen.test, levels);
  if (chosen.test.empty()) {
    const auto wanted =
        static_cast<std::size_t>(config.test_fraction * static_cast<double>(levels.size()));
    chosen.test =
        drawn_levels(axis, candidates(axis, levels, config.seed), std::max<std::size_t>(wanted, 1));
    require(!chosen.test.empty(), "--axis ", axis.name, ": each of ",
            join_text(Levels(levels.begin(), levels.end()), ", "),
            " is the only one of its kind, so none can be held out");
  }
  std::ranges::sort(chosen.test);
  std::ranges::set_difference(levels, chosen.test, std::back_inserter(chosen.train));
  require(!chosen.train.empty(), "--hold-out: leaves no level of ", axis.name, " for train");
  return chosen;
}

std::vector<AxisLevels> stored_levels(const Json& split) {
  std::vector<AxisLevels> all;
  const auto add = [&](const std::string& name, const Json& levels) {
    const auto known = std::ranges::find(axes(), name, &Axis::name);
    require_data(known != axes().end(), "split.json: the axis ", name, " is not known");
    AxisLevels one{&*known, levels.at("train"), levels.at("test")};
    std::ranges::sort(one.train);
    std::ranges::sort(one.test);
    all.push_back(std::move(one));
  };
  if (split.contains("triplets")) add(std::string(axes().front().name), split["triplets"]);
  if (split.contains("levels")) {
    for (const auto& [name, levels] : split["levels"].items()) add(name, levels);
  }
  return all;
}

std::vector<AxisLevels> levels_of_split(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "split.json";
  if (!std::filesystem::exists(file)) return {};
  try {
    return stored_levels(parse_json(read_file(file)));
  } catch (const Json::exception&) {
    return {};
  }
}

SplitSide side_of(const Episode& episode, std::span<const AxisLevels> axes) {
  std::size_t held = 0;
  for (const AxisLevels& one : axes) {
    bool is_held = false;
    for (const std::string& level : one.axis->levels(episode)) {
      const bool test = std::ranges::binary_search(one.test, level);
      if (!test && !std::ranges::binary_search(one.train, level)) return SplitSide::kUnknown;
      is_held = is_held || test;
    }
    held += is_held ? 1 : 0;
  }
  if (held == 0) return SplitSide::kTrained;
  return held == axes.size() ? SplitSide::kHeldOut : SplitSide::kBetween;
}

}  // namespace recombine
