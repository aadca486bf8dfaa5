#pragma once
// What a rule does to an object. Adding one: a file in transformations/ and a line in its list.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "data/episode.h"
#include "generator/grids/rules/cells.h"

namespace recombine {

/// A parameter of a transformation with everything that it may be set to.
struct RuleParameter {
  std::string_view name;                        ///< as in files: "direction"
  std::span<const std::string_view> values;     ///< all that the code knows
  std::span<const std::string_view> published;  ///< those of the published data set, in its order
};

/// A transformation is data around a pure function. It sees no grid: moving an object and then
/// transforming it equals transforming it and then moving it (a conformance test), and whoever has
/// a grid checks that the result lies on it.
struct Transformation {
  std::string_view name;     ///< stable: it is written into data sets
  std::string_view summary;  ///< one line for people
  bool published;            ///< one of the five types of the published data set
  std::span<const RuleParameter> parameters;

  /// The changed object; nothing where the transformation is defined to change something and would
  /// not (a mirror of a symmetric object), or the object would have more cells than a set of them
  /// holds. `choice` has, for each parameter, an index into its `values`.
  std::optional<Object> (*apply)(const Object& object, std::span<const int> choice);
};

/// All transformations, the published five first, in the order of the published configuration.
std::span<const Transformation* const> transformations();

/// Throws InputError, naming the nearest, where there is none of that name.
const Transformation& find_transformation(std::string_view name);

/// A transformation with a value chosen for each of its parameters. A value.
struct Step {
  const Transformation* transformation = nullptr;
  std::array<int, 2> choice{};

  std::optional<Object> apply(const Object& object) const {
    return transformation->apply(object, {choice.data(), transformation->parameters.size()});
  }

  friend bool operator==(const Step&, const Step&) = default;
};

Rule to_rule(const Step& step);
/// Its parameters may stand in any order. Throws InputError where the rule names a type, parameter
/// or value that is not known.
Step to_step(const Rule& rule);

}  // namespace recombine
