#include "generator/grids/split/split_run.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "data/formats/schemas.h"
#include "data/json_words.h"
#include "data/progress.h"
#include "data/set_names.h"
#include "data/storage/codec.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/storage/set_writer.h"
#include "data/text.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/data_levels.h"
#include "generator/grids/split/held_out.h"
#include "generator/grids/split/static_split.h"
#include "generator/grids/split/units.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

Json options_of(const SplitConfig& config) {
  Json options = Json::object();
  for (const Field& field : changed_fields(config)) options[field.name] = field.value;
  return options;
}

Json parent_of(const EpisodeSet& data) {
  Json parent = data.manifest().recipe;
  parent["digest"] = data.manifest().digest;
  return parent;
}

Json recipe_of(const std::string& set, const Json& options, const Json& parent) {
  return {
      {"family", kGrids.name}, {"split", {{"set", set}, {"options", options}}}, {"parent", parent}};
}

/// Writes the sets of a split of static data; returns what split.json says.
Json write_static_split(const EpisodeSet& data, const fs::path& out, const SplitConfig& config) {
  const std::vector<Episode> episodes(data.begin(), data.end());
  const StaticSplit split = split_static(episodes, config);
  const Json options = options_of(config);
  const Json parent = parent_of(data);
  Json sets = Json::object();
  for (const std::string_view set : {kTrainSet, kValOodSet, kTestOodSet}) {
    const std::string name(set);
    SetWriter writer(out / name, std::string(kGrids.name));
    for (const Episode& item : name == kTrainSet ? split.train : split.test)
      writer.add(encode_episode(item));
    const Manifest manifest = writer.finish(recipe_of(name, options, parent));
    sets[name] = {{"count", manifest.count}, {"digest", manifest.digest}};
  }
  return {{"schema", kSplitSchema},
          {"axis", join_text(config.axis, ",")},
          {"protocol", config.protocol},
          {"static", true},
          {"seed", config.seed},
          {"options", options},
          {"episodes", {{"train", split.trained}, {"test", split.held_out}}},
          {"sets", sets},
          {"parent", parent}};
}

class Splitter {
 public:
  Splitter(const EpisodeSet& data, fs::path out, const SplitConfig& config)
      : data_(data), out_(std::move(out)), config_(config), random_(config.seed) {
    for (const std::string& name : config.axis)
      axes_.push_back(levels_in(data, find_axis(name), config, random_));
    const bool ours = config.protocol == "ours";
    for (const std::string_view set_name : kSplitSets) {
      const std::string name(set_name);
      const bool id = name.ends_with("_id");
      if (ours || !id)
        sets_[name] = std::make_unique<SetWriter>(out_ / name, std::string(kGrids.name));
    }
  }

  Json run(bool quiet) {
    Progress progress("split", "episodes, each twice", 2 * data_.size(), quiet);
    std::uint64_t done = 0;
    const auto watch = [&](std::uint64_t episodes) {
      check_interrupted(kSplitAdvice);
      progress.update(done += episodes);
    };
    Strays strays;
    for_each_unit(data_, [&](std::uint64_t index, std::span<const Episode> unit) {
      watch(unit.size());
      if (has_strays(unit, strays)) return;
      const std::optional<SplitSide> side = common_side(unit);
      if (side == SplitSide::kTrained) add_trained(unit, index);
      if (side == SplitSide::kBetween) between_ += unit.size();
      // What twins have in common is not to be in two sets.
      if (!side) parted_ += unit.size();
    });
    strays.require_none(data_, config_);
    // Where they stand, and how many together: themselves they may not fit in memory.
    std::vector<std::pair<std::uint64_t, std::size_t>> held_out;
    for_each_unit(data_, [&](std::uint64_t index, std::span<const Episode> unit) {
      watch(unit.size());
      if (common_side(unit) != SplitSide::kHeldOut) return;
      if (std::ranges::all_of(unit, [&](const auto& one) { return rules_are_trained(one); })) {
        held_out.emplace_back(index, unit.size());
      } else {
        left_out_ += unit.size();
      }
    });
    for (std::size_t i = 0; i < held_out.size(); ++i) {
      check_interrupted(kSplitAdvice);
      std::vector<Episode> unit;
      for (std::size_t k = 0; k < held_out[i].second; ++k)
        unit.push_back(data_[held_out[i].first + k]);
      add(std::string(i < held_out.size() / 2 ? kValOodSet : kTestOodSet), kept(unit));
    }
    progress.finish();
    return finish();
  }

 private:
  bool has_strays(std::span<const Episode> unit, Strays& strays) const {
    bool found = false;
    for (const Episode& episode : unit) {
      if (side_of(episode, axes_) != SplitSide::kUnknown) continue;
      strays.add(episode);
      found = true;
    }
    return found;
  }

  /// The side of all episodes of a unit; nothing for twins that are on two.
  std::optional<SplitSide> common_side(std::span<const Episode> unit) const {
    const SplitSide side = side_of(unit.front(), axes_);
    const bool same = std::ranges::all_of(
        unit, [&](const Episode& episode) { return side_of(episode, axes_) == side; });
    return same ? std::optional(side) : std::nullopt;
  }

  /// As the sets have them. The study pairs of twins are shuffled alike.
  std::vector<Episode> kept(std::span<const Episode> unit) {
    std::vector<Episode> results;
    const CPythonRandom before = random_;
    for (const Episode& episode : unit) {
      results.push_back(reduce_for_set(episode, config_));
      if (!config_.shuffle_study) continue;
      random_ = before;
      shuffle(random_, std::span(results.back().study));
    }
    return results;
  }

  /// Where an episode of a trained triplet goes.
  std::string_view place_of(std::uint64_t index) const {
    const double place = CounterRandom(config_.seed, index, Stream::kSplit).unit();
    if (config_.protocol == "ours" && place < config_.id_fraction) return kValIdSet;
    if (config_.protocol == "ours" && place < 2 * config_.id_fraction) return kTestIdSet;
    return kTrainSet;
  }

  void count_rules(std::span<const Episode> unit) {
    for (const Episode& episode : unit) {
      for (const Rule& rule : episode.grammar.rules) ++rule_counts_[rule_label(rule)];
    }
  }

  /// Counts the rules of what is trained on alone: ID sets are never trained on.
  void add_trained(std::span<const Episode> unit, std::uint64_t index) {
    const std::string set(place_of(index));
    if (set == kTrainSet) count_rules(unit);
    add(set, kept(unit));
  }

  bool rules_are_trained(const Episode& episode) const {
    const auto enough = [&](const Rule& rule) {
      const auto count = rule_counts_.find(rule_label(rule));
      return config_.min_examples() == 0 ||
             (count != rule_counts_.end() && count->second >= config_.min_examples());
    };
    return std::ranges::all_of(episode.grammar.rules, enough);
  }

  void add(const std::string& set, std::span<const Episode> episodes) {
    for (const Episode& episode : episodes) sets_.at(set)->add(encode_episode(episode));
  }

  Json finish() {
    const Json options = options_of(config_);
    const Json parent = parent_of(data_);
    Json split = {{"schema", kSplitSchema},
                  {"axis", join_text(config_.axis, ",")},
                  {"protocol", config_.protocol},
                  {"seed", config_.seed},
                  {"options", options}};
    for (const AxisLevels& one : axes_) {
      Json& levels = is_published(one) ? split["triplets"] : split["levels"][one.axis->name];
      levels = {{"train", one.train}, {"test", one.test}};
    }
    split["rule_counts"] = rule_counts_;
    split["left_out"] = left_out_;
    if (axes_.size() > 1) split["between"] = between_;
    for (const std::string_view set_name : kSplitSets) {
      const std::string name(set_name);
      const auto set = sets_.find(name);
      if (set == sets_.end()) continue;
      const Manifest manifest = set->second->finish(recipe_of(name, options, parent));
      Json& written = split["sets"][name];
      written = {{"count", manifest.count}, {"digest", manifest.digest}};
      for (const AxisLevels& one : axes_) {
        if (is_published(one)) written["triplets"] = name.ends_with("_ood") ? one.test : one.train;
      }
    }
    split["parent"] = parent;
    if (parted_ > 0 || grids_of(parent).twins) split["twins_apart"] = parted_;
    return split;
  }

  /// Triplets have places of their own in split.json, which is older than the other axes.
  static bool is_published(const AxisLevels& levels) {
    return levels.axis->name == axes().front().name;
  }

  const EpisodeSet& data_;
  fs::path out_;
  SplitConfig config_;
  CPythonRandom random_;
  std::vector<AxisLevels> axes_;
  std::map<std::string, std::unique_ptr<SetWriter>> sets_;
  std::map<std::string, int> rule_counts_;  ///< trained episodes
  std::uint64_t left_out_ = 0;              ///< held out, and of a rule that is trained too seldom
  std::uint64_t between_ = 0;               ///< held out on some axes and not on others
  std::uint64_t parted_ = 0;                ///< of twins, one trained and one held out
};

}  // namespace

Json split_data_set(
    const fs::path& data, const fs::path& out, const SplitConfig& config, bool force, bool quiet) {
  config.validate();
  const EpisodeSet episodes(data);
  AtomicFolder folder(out, force);
  const bool fixed = grids_of(episodes.manifest().recipe).fixed_rules;
  Json split = fixed ? write_static_split(episodes, folder.part(), config)
                     : Splitter(episodes, folder.part(), config).run(quiet);
  write_file(folder.part() / "split.json", split.dump(2) + "\n");
  folder.commit();
  return split;
}

SplitRecipe read_split_recipe(const Json& recipe) {
  try {
    SplitRecipe read;
    read.set = recipe.at("split").at("set").get<std::string>();
    for (const auto& [name, value] : recipe.at("split").at("options").items()) {
      require_data(assign(read.config, name, value.get<std::string>()), "recipe: unknown option '",
                   name, "'");
    }
    read.parent = recipe.at("parent");
    read.config.validate();
    require_data(std::ranges::find(kSplitSets, read.set) != kSplitSets.end(),
                 "recipe: a split has no set '", read.set, "'");
    return read;
  } catch (const Json::exception& error) {
    throw DataError(cat("recipe: ", json_words(error)));
  } catch (const InputError& error) {
    throw DataError(cat("recipe: ", error.what()));
  }
}

}  // namespace recombine
