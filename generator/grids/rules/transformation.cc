#include "generator/grids/rules/transformation.h"

#include <algorithm>
#include <array>

#include "data/error.h"
#include "data/text.h"
#include "generator/grids/rules/registry.h"

namespace recombine {
namespace {

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage)
#define RECOMBINE_ADDRESS(name) &rules::name,
constexpr std::array kTransformations = {RECOMBINE_TRANSFORMATIONS(RECOMBINE_ADDRESS)};
#undef RECOMBINE_ADDRESS

/// The index of `text` among the values; throws InputError that names the nearest.
int find_value(const Transformation& transformation,
               const RuleParameter& parameter,
               std::string_view text) {
  const auto place = std::ranges::find(parameter.values, text);
  require(
      place != parameter.values.end(), transformation.name, ": ", parameter.name, " = ", text,
      " is not known; known: ",
      join_text(std::vector<std::string>(parameter.values.begin(), parameter.values.end()), ", "));
  return static_cast<int>(place - parameter.values.begin());
}

}  // namespace

std::span<const Transformation* const> transformations() { return kTransformations; }

const Transformation& find_transformation(std::string_view name) {
  std::vector<std::string> known;
  for (const Transformation* transformation : kTransformations) {
    if (transformation->name == name) return *transformation;
    known.emplace_back(transformation->name);
  }
  throw InputError(cat("no transformation '", name, "'; did you mean '", nearest_name(name, known),
                       "'? (known: ", join_text(known, ", "), ")"));
}

Rule to_rule(const Step& step) {
  Rule rule{std::string(step.transformation->name), {}};
  for (std::size_t i = 0; i < step.transformation->parameters.size(); ++i) {
    const RuleParameter& parameter = step.transformation->parameters[i];
    rule.parameters.push_back(
        {std::string(parameter.name),
         std::string(parameter.values[static_cast<std::size_t>(step.choice[i])])});
  }
  return rule;
}

Step to_step(const Rule& rule) {
  Step step{&find_transformation(rule.type), {}};
  const auto specs = step.transformation->parameters;
  require(rule.parameters.size() == specs.size(), rule.type, ": has ", specs.size(),
          " parameters, not ", rule.parameters.size());
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const auto own = std::ranges::find(rule.parameters, specs[i].name, &Parameter::name);
    require(own != rule.parameters.end(), rule.type, ": has no parameter ", specs[i].name);
    step.choice[i] = find_value(*step.transformation, specs[i], own->value);
  }
  return step;
}

}  // namespace recombine
