// config_all_episodes.json of Compositional-ARC: of a generated set, and of static data, as the
// published scripts write them. What our recipes do not record, such as paths, has the values of
// the published commands.

#include "data/formats/carc/carc_config.h"

#include "data/error.h"
#include "data/formats/carc/carc_options.h"
#include "data/formats/format.h"
#include "data/formats/lines.h"
#include "data/formats/output.h"
#include "data/json_words.h"
#include "data/storage/dataset.h"
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

/// Not what the static data's rules are: what the published script says of them.
Json static_transformations() {
  return {{"translation", {{"direction", {"x", "y"}}, {"step_size", {1}}}},
          {"mirror", {{"direction", Json::array({"x"})}}},
          {"rotation", {{"rotation_type", Json::array({0})}}},
          {"grow", {{"direction", {"x", "y"}}}}};
}

/// "translation=step_size|direction" puts the parameters of a type into another order.
void replace_order(Json& transformations, const std::string& text, std::size_t equals) {
  Json ordered = Json::object();
  const std::string type = text.substr(0, equals);
  for (const std::string& name : split_text(text.substr(equals + 1), '|'))
    ordered[name] = member(member(transformations, type.c_str()), name.c_str());
  transformations[type] = std::move(ordered);
}

/// "rotation.rotation_type=0|1" replaces an option list.
void replace_options(Json& transformations, const std::string& text) {
  const std::size_t dot = text.find('.');
  const std::size_t order = text.find('=');
  if (order < dot) return replace_order(transformations, text, order);
  const std::size_t equals = text.find('=', dot);
  require_data(dot != std::string::npos && equals != std::string::npos, "recipe: parameters has \"",
               text, "\", which is not type.parameter=value|value");
  Json values = Json::array();
  for (const std::string& value : split_text(text.substr(equals + 1), '|')) {
    values.push_back(carc_value(value));
  }
  transformations[text.substr(0, dot)][text.substr(dot + 1, equals - dot - 1)] = std::move(values);
}

bool is_static(const Json& options) { return carc_option(options, "static", false).get<bool>(); }

/// The options of both scripts, but for the number of episodes of the first.
Json generator_args(const Json& recipe, const Json& options) {
  const Json side = carc_option(options, "side", 10);
  const Json study = carc_option(options, "study", 4);
  const bool fixed = is_static(options);
  Json args = {{"verbose", 1},
               {"seed", member(recipe, "seed")},
               {"data_dir", "data"},
               {"plot_dir", "experimental_results/data/plots"},
               {"plot_freq", fixed ? 0 : 1000}};
  if (!fixed) args["num_samples"] = member(recipe, "count");
  args["num_primitives"] = carc_option(options, "one-rule-pairs", study);
  args["num_func_compositions"] = carc_option(options, "two-rule-pairs", study);
  args["num_queries"] = carc_option(options, "queries", 14);
  args["grid_size"] = {side, side};
  args["max_tries"] = carc_option(options, "max-tries", 500);
  return args;
}

/// What the train set says beside split.json.
CarcTrained trained_in(const fs::path& folder, const Json& split) {
  CarcTrained trained;
  const bool fixed = split.contains("static");
  const std::size_t labels = fixed ? 0 : member(split, "rule_counts").size();
  for (const Episode& episode : EpisodeSet(folder / "train")) {
    if (!fixed && trained.labels.size() >= labels) break;
    trained.add(episode);
  }
  return trained;
}

Json split_config(const fs::path& folder, const Json& split) {
  require_data(!split.contains("imported"), "is of an imported split");
  return carc_split_config(split, trained_in(folder, split));
}

}  // namespace

Json carc_option(const Json& options, const char* name, const Json& published) {
  const auto found = options.find(name);
  if (found == options.end()) return published;
  return parse_json(found->get<std::string>());
}

Json carc_value(const std::string& text) {
  const auto number = parse_number<int>(text);
  return number ? Json(*number) : Json(text);
}

Json carc_transformations(const Json& options) {
  Json known = published_transformations();
  for (const std::string& text : split_text(options.value("parameters", std::string()), ',')) {
    replace_options(known, text);
  }
  const std::string types = options.value("types", std::string());
  if (types.empty()) return known;
  Json chosen = Json::object();
  for (const std::string& type : split_text(types, ',')) {
    chosen[type] = known.contains(type) ? known[type] : Json::object();
  }
  return chosen;
}

Json carc_generator_config(const Json& recipe) {
  const Json& options = member(recipe, "options");
  const Json transformations =
      is_static(options) ? static_transformations() : carc_transformations(options);
  return {{"data_config", {{"transformations", transformations}}},
          {"args", generator_args(recipe, options)}};
}

void export_carc_config(const ExportJob& job) {
  const bool is_split = fs::exists(job.folder / "split.json");
  const fs::path source = job.folder / (is_split ? "split.json" : kManifestFile);
  const Json recorded =
      is_split ? json_from_text(read_file(source)) : read_manifest(job.folder).recipe;
  Json config;
  try {
    config = is_split ? split_config(job.folder, recorded) : carc_generator_config(recorded);
  } catch (const Json::exception& error) {
    throw DataError(cat(source.string(), ": has no such config (", json_words(error), ")"));
  } catch (const DataError& error) {
    throw DataError(cat(source.string(), ": ", error.what(),
                        "; carc-config needs a generated set or a split of one"));
  }
  OutputFile file(job.out, job.force);
  file.write(config.dump(4));  // Python's json.dump() ends no line
  file.finish();
}

}  // namespace recombine
