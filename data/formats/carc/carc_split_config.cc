// config_systematicity_seed_S.json of Compositional-ARC: of a split, and of a split of static data,
// as the published scripts write them. What split.json does not record, such as paths, has the
// values of the published commands.

#include <algorithm>
#include <array>

#include "data/error.h"
#include "data/formats/carc/carc_config.h"
#include "data/formats/carc/carc_options.h"
#include "data/formats/lines.h"
#include "data/random_cpython.h"
#include "data/text.h"
#include "data/triplets.h"

namespace recombine {
namespace {

constexpr const char* kDataPath = "data/all_episodes.jsonl";

std::uint64_t count_of(const Json& sets, const char* name) {
  return sets.contains(name) ? whole<std::uint64_t>(sets[name].at("count")) : 0;
}

void put_counts(Json& config, const Json& sets) {
  config["num_train_samples"] = count_of(sets, "train");
  config["num_val_samples"] = count_of(sets, "val_ood");
  config["num_test_samples"] = count_of(sets, "test_ood");
}

/// The recorded triplets as lists, as `drawn` has them.
Json triplet_lists(const Json& recorded, const std::vector<TypeTriplet>& drawn) {
  Json lists = Json::array();
  for (const TypeTriplet& triplet : drawn) {
    const auto place = std::find(recorded.begin(), recorded.end(), Json(triplet_text(triplet)));
    if (place != recorded.end()) lists.push_back(triplet);
  }
  require_data(lists.size() == recorded.size(),
               "names triplets of other types than its parent's recipe");
  return lists;
}

/// Counts of rules, in the order of `labels`.
Json ordered_counts(const Json& recorded, const std::vector<std::string>& labels) {
  Json counts = Json::object();
  for (const std::string& label : labels) {
    if (recorded.contains(label)) counts[label] = recorded[label];
  }
  for (const auto& [label, count] : recorded.items()) counts[label] = count;
  return counts;
}

/// Adds the rule's values to the lists that {type: {parameter: [values]}} has, each once.
void merge_rule(Json& lists, const Rule& rule) {
  Json& parameters = lists[rule.type];
  if (parameters.is_null()) parameters = Json::object();
  for (const Parameter& parameter : rule.parameters) {
    const Json value = carc_value(parameter.value);
    Json& values = parameters[parameter.name];
    if (values.is_null()) values = Json::array();
    if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
  }
}

/// The types of the episodes of these ids, and the values of their rules.
void add_combinations(Json& types, Json& values, const Json& ids, const CarcTrained& trained) {
  for (const Json& id : ids) {
    const auto combination = trained.combinations.find(id.get<std::string>());
    require_data(combination != trained.combinations.end(), "names the episode ", id.dump(),
                 ", of which its train set has no pair");
    Json list = Json::array();
    for (const Rule& rule : combination->second.rules) {
      list.push_back(rule.type);
      merge_rule(values, rule);
    }
    types.push_back(std::move(list));
  }
}

Json static_split_config(const Json& split, const CarcTrained& trained) {
  const Json& episodes = member(split, "episodes");
  Json types = {{"train", Json::array()}, {"test", Json::array()}};
  Json values = {{"train", Json::object()}, {"test", Json::object()}};
  for (const char* part : {"train", "test"})
    add_combinations(types[part], values[part], member(episodes, part), trained);
  Json config = {{"train_func_compositions", types["train"]},
                 {"test_func_compositions", types["test"]},
                 {"train_func_kwargs", values["train"]},
                 {"test_func_kwargs", values["test"]}};
  put_counts(config, member(split, "sets"));
  config["args"] = {
      {"verbose", 1},
      {"seed", member(split, "seed")},
      {"data_path", kDataPath},
      {"num_samples", member(member(split, "parent"), "count")},
      {"num_train_samples", 0},
      {"num_test_samples", 0},
      {"frac_test_compositions", carc_option(member(split, "options"), "test-fraction", 0.2)}};
  return config;
}

Json split_args(const Json& split) {
  const Json& options = member(split, "options");
  const bool published = member(split, "protocol") == "published";
  return {{"verbose", 1},
          {"seed", member(split, "seed")},
          {"data_path", kDataPath},
          {"num_samples", member(member(split, "parent"), "count")},
          {"frac_test_compositions", carc_option(options, "test-fraction", 0.2)},
          {"min_func_examples", carc_option(options, "min-func-examples", published ? 5000 : 0)},
          {"shuffle_study_examples", carc_option(options, "shuffle-study", false)},
          {"num_train_samples", 0},
          {"num_test_samples", 0},
          {"num_primitives", carc_option(options, "primitives", 2)},
          {"num_compositions", carc_option(options, "compositions", 2)},
          {"num_queries", carc_option(options, "queries", 10)},
          {"num_query_few_shots", carc_option(options, "few-shots", 0)}};
}

}  // namespace

void CarcTrained::add(const Episode& episode) {
  for (const Rule& rule : episode.grammar.rules) {
    std::string label = rule_label(rule);
    if (std::ranges::find(labels, label) == labels.end()) labels.push_back(std::move(label));
  }
  // "e3.12" is a pair of the combination e3.
  combinations.try_emplace(episode.id.substr(0, episode.id.find('.')), episode.grammar);
}

Json carc_split_config(const Json& split, const CarcTrained& trained) {
  if (split.contains("static")) return static_split_config(split, trained);
  const Json transformations = carc_transformations(member(member(split, "parent"), "options"));
  std::vector<std::string> types;
  for (const auto& [name, parameters] : transformations.items()) types.push_back(name);
  CPythonRandom random(whole<std::uint64_t>(member(split, "seed")));
  const std::vector<TypeTriplet> drawn = drawn_triplets(types, random);
  const Json& triplets = member(split, "triplets");
  Json config = {{"train_func_compositions", triplet_lists(member(triplets, "train"), drawn)},
                 {"test_func_compositions", triplet_lists(member(triplets, "test"), drawn)},
                 {"func_freq", ordered_counts(member(split, "rule_counts"), trained.labels)},
                 {"train_func_kwargs", transformations},
                 {"test_func_kwargs", transformations}};
  put_counts(config, member(split, "sets"));
  config["args"] = split_args(split);
  return config;
}

}  // namespace recombine
