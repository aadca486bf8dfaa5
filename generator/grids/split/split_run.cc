#include "generator/grids/split/split_run.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "data/progress.h"
#include "data/set_names.h"
#include "data/storage/codec.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/storage/set_writer.h"
#include "generator/grids/rules/transformation.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/split/static_split.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// "translation direction_x step_size_1": how the published split counts rules.
std::string rule_label(const Rule& rule) {
  std::string label = rule.type;
  for (const Parameter& parameter : rule.parameters)
    label += " " + parameter.name + "_" + parameter.value;
  return label;
}

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
  return {{"schema", "recombine.split/1"},
          {"axis", config.axis},
          {"protocol", config.protocol},
          {"static", true},
          {"seed", config.seed},
          {"options", options},
          {"episodes", {{"train", split.trained}, {"test", split.held_out}}},
          {"sets", sets},
          {"parent", parent}};
}

constexpr const char* kAdvice = "nothing was written; run it again";

std::array<const Rule*, 3> rules_in(const Grammar& grammar) {
  return {&grammar.shape_rule, &grammar.colour_rule, &grammar.indicator_rule};
}

/// The types whose triplets are split, in the generator's order. An import does not say them: they
/// are the published ones, or, where its episodes have others, those that they have.
Names types_of(const EpisodeSet& data) {
  Names types = grids_of(data.manifest().recipe).types;
  if (says_grids(data.manifest().recipe)) return types;
  std::set<std::string> seen;
  for (const Episode& episode : data) {
    check_interrupted(kAdvice);
    for (const Rule* rule : rules_in(episode.grammar)) seen.insert(rule->type);
  }
  seen.erase("");
  const std::set<std::string> published(types.begin(), types.end());
  if (seen.size() < 3 || std::ranges::includes(published, seen)) return types;
  types.clear();
  for (const Transformation* known : transformations()) {
    if (seen.erase(std::string(known->name)) > 0) types.emplace_back(known->name);
  }
  types.insert(types.end(), seen.begin(), seen.end());
  return types;
}

/// Episodes that a split has no place for: it would leave them out without a word.
class Strays {
 public:
  void add(const Episode& episode) {
    const auto rules = rules_in(episode.grammar);
    if (std::ranges::any_of(rules, [](const Rule* rule) { return rule->type.empty(); })) {
      ++silent_;
    } else if (others_++ == 0) {
      first_ = cat(episode.id, ": ", triplet(episode.grammar));
    }
  }

  void require_none(const EpisodeSet& data) const {
    const std::string place = data.folder().string();
    require_data(silent_ == 0, place, ": ", silent_, " of ", data.size(),
                 " are episodes that do not say their rules, and it is by rules that they are "
                 "split; import them from a format that has the rules (jsonl, carc)");
    require_data(others_ == 0, place, ": ", others_, " of ", data.size(),
                 " episodes have a triplet that is neither trained nor held out (the first, ",
                 first_, "); leave them out of the data set");
  }

 private:
  std::uint64_t silent_ = 0;
  std::uint64_t others_ = 0;
  std::string first_;
};

class Splitter {
 public:
  Splitter(const EpisodeSet& data, fs::path out, const SplitConfig& config)
      : data_(data),
        out_(std::move(out)),
        config_(config),
        random_(config.seed),
        triplets_(split_triplets(types_of(data), config, random_)) {
    const bool ours = config.protocol == "ours";
    for (const std::string_view set_name : kSplitSets) {
      const std::string name(set_name);
      const bool id = name.ends_with("_id");
      if (ours || !id)
        sets_[name] = std::make_unique<SetWriter>(out_ / name, std::string(kGrids.name));
    }
  }

  Json run(bool quiet) {
    Progress progress("split", "episodes", 2 * data_.size(), quiet);
    const auto watch = [&](std::uint64_t episodes) {
      check_interrupted(kAdvice);
      progress.update(episodes);
    };
    std::uint64_t done = 0;
    Strays strays;
    for (const Episode& episode : data_) {
      watch(++done);
      const std::string types = triplet(episode.grammar);
      if (contains(triplets_.train, types)) {
        add_trained(episode, done - 1);
      } else if (!contains(triplets_.test, types)) {
        strays.add(episode);
      }
    }
    strays.require_none(data_);
    std::vector<Episode> held_out;
    for (const Episode& episode : data_) {
      watch(++done);
      if (!contains(triplets_.test, triplet(episode.grammar))) continue;
      if (rules_are_trained(episode)) {
        held_out.push_back(kept(episode));
      } else {
        ++left_out_;
      }
    }
    for (std::size_t i = 0; i < held_out.size(); ++i)
      add(std::string(i < held_out.size() / 2 ? kValOodSet : kTestOodSet), held_out[i]);
    progress.finish();
    return finish();
  }

 private:
  static bool contains(const std::vector<std::string>& list, const std::string& text) {
    return std::ranges::find(list, text) != list.end();
  }

  Episode kept(const Episode& episode) {
    Episode result = reduce_for_set(episode, config_);
    if (config_.shuffle_study) shuffle(random_, std::span(result.study));
    return result;
  }

  /// Where an episode of a trained triplet goes.
  std::string_view place_of(std::uint64_t index) const {
    const double place = CounterRandom(config_.seed, index, Stream::kSplit).unit();
    if (config_.protocol == "ours" && place < config_.id_fraction) return kValIdSet;
    if (config_.protocol == "ours" && place < 2 * config_.id_fraction) return kTestIdSet;
    return kTrainSet;
  }

  /// Counts the rules of what is trained on alone: ID sets are never trained on.
  void add_trained(const Episode& episode, std::uint64_t index) {
    const std::string set(place_of(index));
    if (set == kTrainSet) {
      for (const Rule* rule : rules_in(episode.grammar)) ++rule_counts_[rule_label(*rule)];
    }
    add(set, kept(episode));
  }

  bool rules_are_trained(const Episode& episode) const {
    const auto enough = [&](const Rule& rule) {
      const auto count = rule_counts_.find(rule_label(rule));
      return config_.min_examples() == 0 ||
             (count != rule_counts_.end() && count->second >= config_.min_examples());
    };
    const Grammar& grammar = episode.grammar;
    return enough(grammar.shape_rule) && enough(grammar.colour_rule) &&
           enough(grammar.indicator_rule);
  }

  void add(const std::string& set, const Episode& episode) {
    sets_.at(set)->add(encode_episode(episode));
  }

  Json finish() {
    const Json options = options_of(config_);
    const Json parent = parent_of(data_);
    Json sets = Json::object();
    for (const std::string_view set_name : kSplitSets) {
      const std::string name(set_name);
      const auto set = sets_.find(name);
      if (set == sets_.end()) continue;
      const Manifest manifest = set->second->finish(recipe_of(name, options, parent));
      const bool trained = name.find("_ood") == std::string::npos;
      sets[name] = {{"count", manifest.count},
                    {"digest", manifest.digest},
                    {"triplets", trained ? triplets_.train : triplets_.test}};
    }
    return {{"schema", "recombine.split/1"},
            {"axis", config_.axis},
            {"protocol", config_.protocol},
            {"seed", config_.seed},
            {"options", options},
            {"triplets", {{"train", triplets_.train}, {"test", triplets_.test}}},
            {"rule_counts", rule_counts_},
            {"left_out", left_out_},
            {"sets", sets},
            {"parent", parent}};
  }

  const EpisodeSet& data_;
  fs::path out_;
  SplitConfig config_;
  CPythonRandom random_;
  TripletSplit triplets_;
  std::map<std::string, std::unique_ptr<SetWriter>> sets_;
  std::map<std::string, int> rule_counts_;  ///< trained episodes
  std::uint64_t left_out_ = 0;              ///< held out, and of a rule that is trained too seldom
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
    throw DataError(cat("recipe: ", error.what()));
  } catch (const InputError& error) {
    throw DataError(cat("recipe: ", error.what()));
  }
}

}  // namespace recombine
