// The config files that lie beside Compositional-ARC's JSON lines: config_all_episodes.json of a
// generated set, config_systematicity_seed_S.json of a split. Options that our recipes do not
// record have the values of the published commands; those without meaning here are left out.

#include "data/formats/carc/carc_config.h"

#include <algorithm>

#include "data/error.h"
#include "data/formats/format.h"
#include "data/formats/lines.h"
#include "data/formats/output.h"
#include "data/storage/file.h"
#include "data/storage/manifest.h"
#include "data/text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

Json published_transformations() {
  return {{"translation", {{"direction", {"x", "y"}}, {"step_size", {1}}}},
          {"mirror", {{"direction", {"x", "y"}}}},
          {"rotation", {{"rotation_type", {0, 8}}}},
          {"set_color", {{"new_color", {1, 2}}}},
          {"grow", {{"direction", {"-x", "-y"}}}}};
}

Json value_json(const std::string& text) {
  const auto number = parse_number<int>(text);
  return number ? Json(*number) : Json(text);
}

/// "rotation.rotation_type=0|1" replaces an option list.
void replace_options(Json& transformations, const std::string& text) {
  const std::size_t dot = text.find('.');
  const std::size_t equals = text.find('=', dot);
  require_data(dot != std::string::npos && equals != std::string::npos, "recipe: parameters has \"",
               text, "\", which is not type.parameter=value|value");
  Json values = Json::array();
  for (const std::string& value : split_text(text.substr(equals + 1), '|')) {
    values.push_back(value_json(value));
  }
  transformations[text.substr(0, dot)][text.substr(dot + 1, equals - dot - 1)] = std::move(values);
}

/// The value of a recorded option as JSON, or the published one.
Json option(const Json& options, const char* name, const Json& published) {
  const auto found = options.find(name);
  if (found == options.end()) return published;
  return parse_json(found->get<std::string>());
}

std::string text_option(const Json& options, const char* name) {
  return options.value(name, std::string());
}

/// "grow+mirror+translation" as a list in the order of the config.
Json triplet_list(const std::string& triplet, const Json& transformations) {
  const std::vector<std::string> names = split_text(triplet, '+');
  Json list = Json::array();
  for (const auto& [name, parameters] : transformations.items()) {
    if (std::ranges::find(names, name) != names.end()) list.push_back(name);
  }
  return list;
}

Json triplet_lists(const Json& triplets, const Json& transformations) {
  Json lists = Json::array();
  for (const Json& triplet : triplets) {
    lists.push_back(triplet_list(triplet.get<std::string>(), transformations));
  }
  return lists;
}

std::uint64_t count_of(const Json& sets, const char* name) {
  return sets.contains(name) ? sets[name].at("count").get<std::uint64_t>() : 0;
}

}  // namespace

Json carc_transformations(const Json& options) {
  Json known = published_transformations();
  for (const std::string& text : split_text(text_option(options, "parameters"), ',')) {
    replace_options(known, text);
  }
  const std::string types = text_option(options, "types");
  if (types.empty()) return known;
  Json chosen = Json::object();
  for (const std::string& type : split_text(types, ',')) {
    chosen[type] = known.contains(type) ? known[type] : Json::object();
  }
  return chosen;
}

Json carc_generator_config(const Json& recipe) {
  const Json& options = member(recipe, "options");
  require(!options.contains("static"),
          "--format carc-config: what the published one of static data says is not known");
  const Json side = option(options, "side", 10);
  const Json study = option(options, "study", 4);
  return {{"data_config", {{"transformations", carc_transformations(options)}}},
          {"args",
           {{"seed", member(recipe, "seed")},
            {"num_samples", member(recipe, "count")},
            {"num_primitives", study},
            {"num_func_compositions", study},
            {"num_queries", option(options, "queries", 14)},
            {"grid_size", {side, side}},
            {"max_tries", option(options, "max-tries", 500)}}}};
}

Json carc_split_config(const Json& split) {
  require(!split.contains("static"),
          "--format carc-config: what the published one of static data says is not known");
  const Json transformations = carc_transformations(member(member(split, "parent"), "options"));
  const Json& options = member(split, "options");
  const Json& triplets = member(split, "triplets");
  const Json& sets = member(split, "sets");
  const bool published = member(split, "protocol") == "published";
  return {{"train_func_compositions", triplet_lists(member(triplets, "train"), transformations)},
          {"test_func_compositions", triplet_lists(member(triplets, "test"), transformations)},
          {"func_freq", member(split, "rule_counts")},
          {"train_func_kwargs", transformations},
          {"test_func_kwargs", transformations},
          {"num_train_samples", count_of(sets, "train")},
          {"num_val_samples", count_of(sets, "val_ood")},
          {"num_test_samples", count_of(sets, "test_ood")},
          {"args",
           {{"seed", member(split, "seed")},
            {"frac_test_compositions", option(options, "test-fraction", 0.2)},
            {"min_func_examples", option(options, "min-func-examples", published ? 5000 : 0)},
            {"no_shuffle_study_examples", !option(options, "shuffle-study", false).get<bool>()},
            {"num_primitives", option(options, "primitives", 2)},
            {"num_compositions", option(options, "compositions", 2)},
            {"num_queries", option(options, "queries", 10)},
            {"num_query_few_shots", option(options, "few-shots", 0)}}}};
}

void export_carc_config(const ExportJob& job) {
  const bool is_split = fs::exists(job.folder / "split.json");
  const fs::path source = job.folder / (is_split ? "split.json" : kManifestFile);
  const Json recorded =
      is_split ? json_from_text(read_file(source)) : read_manifest(job.folder).recipe;
  Json config;
  try {
    config = is_split ? carc_split_config(recorded) : carc_generator_config(recorded);
  } catch (const Json::exception& error) {
    throw DataError(cat(source.string(), ": has no such config (", error.what(), ")"));
  } catch (const DataError& error) {
    throw DataError(cat(source.string(), ": ", error.what(),
                        "; carc-config needs a generated set or a split of one"));
  }
  OutputFile file(job.out, job.force);
  file.write(config.dump(4) + "\n");
  file.finish();
}

}  // namespace recombine
