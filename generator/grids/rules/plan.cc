#include "generator/grids/rules/plan.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "data/error.h"
#include "data/text.h"
#include "generator/grids/rules/difficulty_bounds.h"

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
    type.order.push_back(type.options.size());
    type.options.push_back(std::move(options));
  }
  return type;
}

/// The place of a parameter; throws InputError.
std::size_t place_of(const Transformation& transformation,
                     const std::string& name,
                     const std::string& entry) {
  const auto parameters = transformation.parameters;
  const auto parameter = std::ranges::find(parameters, name, &RuleParameter::name);
  require(parameter != parameters.end(), "--parameters ", entry, ": ", transformation.name,
          " has no parameter '", name, "'");
  return static_cast<std::size_t>(parameter - parameters.begin());
}

/// "step_size|direction"
void replace_order(TypeOptions& type, const std::string& names, const std::string& entry) {
  type.order.clear();
  for (const std::string& name : split_text(names, '|')) {
    const std::size_t place = place_of(*type.transformation, name, entry);
    require(std::ranges::find(type.order, place) == type.order.end(), "--parameters ", entry,
            ": names ", name, " twice");
    type.order.push_back(place);
  }
  require(type.order.size() == type.options.size(), "--parameters ", entry, ": names ",
          type.order.size(), " of the ", type.options.size(), " parameters of ",
          type.transformation->name);
}

/// Applies one entry of --parameters: "rotation.rotation_type=0|1", or an order,
/// "translation=step_size|direction".
void replace_options(std::vector<TypeOptions>& types, const std::string& entry) {
  const auto equals = entry.find('=');
  require(equals != std::string::npos, "--parameters ", entry,
          ": must read type.parameter=value|value, or type=parameter|parameter for their order");
  const std::string values = entry.substr(equals + 1);
  const auto dot = std::min(entry.find('.'), equals);
  const std::string name = entry.substr(0, dot);
  const auto type =
      std::ranges::find(types, name, [](const TypeOptions& t) { return t.transformation->name; });
  require(type != types.end(), "--parameters ", entry, ": '", name, "' is not among --types");
  if (dot == equals) return replace_order(*type, values, entry);
  const std::size_t place =
      place_of(*type->transformation, entry.substr(dot + 1, equals - dot - 1), entry);
  std::vector<int> options;
  for (const std::string& value : split_text(values, '|'))
    options.push_back(value_index(type->transformation->parameters[place], entry, value));
  require(!options.empty(), "--parameters ", entry, ": names no value");
  type->options[place] = std::move(options);
}

/// Throws InputError where --static stands beside an option that it leaves no choice.
void require_fixed_options(const GridConfig& config) {
  GridConfig open;
  open.fixed_rules = true;
  open.study = config.study;
  open.one_rule_pairs = config.one_rule_pairs;
  open.two_rule_pairs = config.two_rule_pairs;
  open.queries = config.queries;
  open.max_tries = config.max_tries;
  open.max_restarts = config.max_restarts;
  require(config == open,
          "--static: its six rules are given, on grids of side 10; beside it go --study, "
          "--one-rule-pairs, --two-rule-pairs, --queries, --max-tries and --max-restarts alone");
}

/// Throws InputError where an option of the certificate stands without it.
void require_certificate_options(const GridConfig& config) {
  require(
      !config.order_is_drawn() || config.certify_order == GridConfig{}.certify_order,
      "--certify-order: --order episode has its episodes certified for any order; leave it out");
  require(config.certify_sections == GridConfig{}.certify_sections ||
              (config.indicators == 1 && config.query_depth.empty()),
          "--certify-sections ", config.certify_sections,
          ": is for --indicators 1 without --query-depth");
  if (config.is_certified()) return;
  GridConfig open = config;
  open.certify_order = GridConfig{}.certify_order;
  open.certify_sections = GridConfig{}.certify_sections;
  open.certify_pairs = GridConfig{}.certify_pairs;
  require(config == open,
          "--certify-order, --certify-sections, --certify-pairs: say what --certify is to promise; "
          "add --certify");
}

/// Throws InputError where an option of twins stands without them.
void require_twin_options(const GridConfig& config) {
  require(config.twins || config.twin_change == GridConfig{}.twin_change,
          "--twin-change: says what --twins changes; add --twins");
  require(config.twin_change != "order" || config.order_is_drawn(),
          "--twin-change order: such twins differ in their orders; add --order episode");
}

/// All sets of so many of the episode's roles. Throws InputError.
std::vector<Roles> sets_of_depth(const GridConfig& config, const std::string& text) {
  const std::size_t depth = parse_number<std::size_t>(text).value_or(0);
  require(depth >= 2 && depth <= config.roles(), "--query-depth ", text, ": must be numbers of 2..",
          config.roles(), ", the rules of an episode with --indicators ", config.indicators);
  require(std::ranges::count(config.query_depth, text) == 1, "--query-depth: names ", text,
          " twice");
  std::vector<Roles> sets;
  for (Roles roles = 1; roles <= first_roles(config.roles()); ++roles) {
    if (std::popcount(unsigned{roles}) == static_cast<int>(depth)) sets.push_back(roles);
  }
  return sets;
}

/// A number and what an option has beside it, each once. Throws InputError.
std::vector<int> values_of(int first, const Names& further, const char* option) {
  std::vector<int> values = {first};
  for (const std::string& text : further) {
    const std::optional<int> value = parse_number<int>(text);
    require(value.has_value(), option, ' ', text, ": must be whole numbers, such as 12,14");
    require(std::ranges::find(values, *value) == values.end(), option, ": ", *value,
            " stands there twice");
    values.push_back(*value);
  }
  return values;
}

/// The numbers of bystanders that episodes may have. Throws InputError.
std::vector<int> bystander_counts(const std::string& text) {
  constexpr int kMost = 6;
  constexpr std::string_view kTo = "..";
  const std::size_t dots = text.find(kTo);
  const auto least = parse_number<int>(text.substr(0, dots));
  const auto most =
      dots == std::string::npos ? least : parse_number<int>(text.substr(dots + kTo.size()));
  require(least && most && *least >= 0 && *least <= *most && *most <= kMost, "--bystanders ", text,
          ": must be a number of 0..", kMost, ", or two of them such as 0..2");
  std::vector<int> counts;
  for (int count = *least; count <= *most; ++count) counts.push_back(count);
  return counts;
}

}  // namespace

void order_parameters(Grammar& grammar, const EpisodePlan& plan) {
  for (Rule& rule : grammar.rules) {
    const auto type = std::ranges::find(
        plan.types, rule.type, [](const TypeOptions& t) { return t.transformation->name; });
    if (type == plan.types.end()) continue;
    const std::vector<Parameter> declared = std::move(rule.parameters);
    rule.parameters.clear();
    for (const std::size_t place : type->order) rule.parameters.push_back(declared.at(place));
  }
}

std::span<const std::string_view> indicator_shapes() { return kIndicatorShapes; }

void GridConfig::validate() const {
  for (const GridConfig& variant : variants()) make_plan(variant);
}

std::vector<GridConfig> GridConfig::variants() const {
  GridConfig alone = *this;
  alone.further_sides.clear();
  alone.further_study.clear();
  const std::vector<int> sides = values_of(side, further_sides, "--further-sides");
  const std::vector<int> pairs = values_of(study, further_study, "--further-study");
  require(pairs.size() == 1 || one_rule_pairs < 0 || two_rule_pairs < 0,
          "--further-study: --one-rule-pairs and --two-rule-pairs say all pairs already");
  std::vector<GridConfig> all;
  for (const int one_side : sides) {
    for (const int one_study : pairs) {
      alone.side = one_side;
      alone.study = one_study;
      for (const int count : bystander_counts(bystanders)) {
        alone.bystanders = std::to_string(count);
        all.push_back(alone);
      }
    }
  }
  return all;
}

EpisodePlan make_plan(const GridConfig& config) {
  if (config.fixed_rules) require_fixed_options(config);
  check_fields(config);
  require_certificate_options(config);
  require_twin_options(config);
  read_difficulty(config.difficulty);
  const int placements = config.side * config.side;
  require(config.queries <= placements, "--queries ", config.queries, ": must be 1..", placements,
          ", the placements that a grid of side ", config.side, " has");
  require(config.max_shape_size >= config.min_shape_size, "--max-shape-size ",
          config.max_shape_size, ": must be ", config.min_shape_size, "..", kMaxShapeSize);
  require(config.shape_box <= config.side, "--shape-box ", config.shape_box, ": must be 0..",
          config.side);
  require(config.shape_box == 0 || config.shape_box * config.shape_box >= config.max_shape_size,
          "--shape-box ", config.shape_box, ": cannot hold --max-shape-size ",
          config.max_shape_size, " cells");
  const int most = std::max({config.queries, config.one_rule(), config.two_rule()});
  require(config.max_tries >= most, "--max-tries ", config.max_tries,
          ": must be at least --queries and the pairs of a study section, ", most);
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
  require(plan.types.size() >= config.roles(), "--types: needs at least ", config.roles(),
          " transformation types, one a role, with --indicators ", config.indicators, "; has ",
          plan.types.size());
  plan.roles = config.roles();
  plan.bystanders = bystander_counts(config.bystanders).front();
  for (const std::string& depth : config.query_depth)
    plan.asked.push_back(sets_of_depth(config, depth));
  for (const std::string& entry : config.parameters) replace_options(plan.types, entry);
  return plan;
}

}  // namespace recombine
