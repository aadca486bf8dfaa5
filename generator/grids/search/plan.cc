#include "generator/grids/search/plan.h"

#include <algorithm>

#include "data/error.h"
#include "data/text.h"
#include "generator/grids/search/fixed_rules.h"

namespace recombine {
namespace {

constexpr std::array<std::string_view, 10> kIndicatorShapes = {
    "00", "0001", "0010", "1001", "0011", "011011", "000110", "001011", "00011011", "000111"};
constexpr int kMaxShapeSize = 16;

int value_index(const RuleParameter& parameter, const std::string& entry, std::string_view value) {
  const auto place = std::ranges::find(parameter.values, value);
  require(place != parameter.values.end(), "--parameters ", entry, ": ", parameter.name,
          " has no value '", value, "'; it has ",
          join_text(Names(parameter.values.begin(), parameter.values.end()), ", "));
  return static_cast<int>(place - parameter.values.begin());
}

TypeOptions published_options(const Transformation& transformation) {
  TypeOptions type{&transformation, {}};
  for (const RuleParameter& parameter : transformation.parameters) {
    std::vector<int> options;
    for (const std::string_view value : parameter.published) {
      options.push_back(value_index(parameter, "", value));
    }
    type.options.push_back(std::move(options));
  }
  return type;
}

/// Applies one entry of --parameters: "rotation.rotation_type=0|1".
void replace_options(std::vector<TypeOptions>& types, const std::string& entry) {
  const auto dot = entry.find('.');
  const auto equals = entry.find('=');
  require(dot != std::string::npos && equals != std::string::npos && dot < equals, "--parameters ",
          entry, ": must read type.parameter=value|value");
  const std::string name = entry.substr(0, dot);
  const std::string parameter_name = entry.substr(dot + 1, equals - dot - 1);
  const auto type =
      std::ranges::find(types, name, [](const TypeOptions& t) { return t.transformation->name; });
  require(type != types.end(), "--parameters ", entry, ": '", name, "' is not among --types");
  const auto parameters = type->transformation->parameters;
  const auto parameter = std::ranges::find(parameters, parameter_name, &RuleParameter::name);
  require(parameter != parameters.end(), "--parameters ", entry, ": ", name, " has no parameter '",
          parameter_name, "'");
  std::vector<int> options;
  for (const std::string& value : split_text(entry.substr(equals + 1), '|')) {
    options.push_back(value_index(*parameter, entry, value));
  }
  require(!options.empty(), "--parameters ", entry, ": names no value");
  type->options[static_cast<std::size_t>(parameter - parameters.begin())] = std::move(options);
}

}  // namespace

std::span<const std::string_view> indicator_shapes() { return kIndicatorShapes; }

void GridConfig::validate() const { make_plan(*this); }

EpisodePlan make_plan(const GridConfig& config) {
  if (config.fixed_rules) require_fixed_options(config);
  check_fields(config);
  const int placements = config.side * config.side;
  require(config.queries <= placements, "--queries ", config.queries, ": must be 1..", placements,
          ", the placements that a board of side ", config.side, " has");
  require(config.max_shape_size >= config.min_shape_size, "--max-shape-size ",
          config.max_shape_size, ": must be ", config.min_shape_size, "..", kMaxShapeSize);
  require(config.shape_box <= config.side, "--shape-box ", config.shape_box, ": must be 0..",
          config.side);
  require(config.shape_box == 0 || config.shape_box * config.shape_box >= config.max_shape_size,
          "--shape-box ", config.shape_box, ": cannot hold --max-shape-size ",
          config.max_shape_size, " cells");
  require(config.max_tries >= config.queries && config.max_tries >= config.study, "--max-tries ",
          config.max_tries, ": must be at least --queries and --study");
  EpisodePlan plan{config, {}, {}, {}};
  for (const std::string_view shape : kIndicatorShapes) {
    plan.indicators.push_back(parse_shape(shape).shape());
    plan.indicator_is_canonical.push_back(shape_text(plan.indicators.back()) == shape);
  }
  for (const std::string& name : config.types) {
    const auto same = std::ranges::count(config.types, name);
    require(same == 1, "--types: names ", name, " ", same, " times");
    try {
      plan.types.push_back(published_options(find_transformation(name)));
    } catch (const InputError& error) {
      throw InputError(cat("--types: ", error.what()));
    }
  }
  require(plan.types.size() >= 3,
          "--types: needs at least three transformation types, one a role; has ",
          plan.types.size());
  for (const std::string& entry : config.parameters) replace_options(plan.types, entry);
  return plan;
}

}  // namespace recombine
