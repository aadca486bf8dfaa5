#include "models/model.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json_words.h"

namespace recombine {

Json to_json(const TaskShape& shape) {
  Json json = Json::object();
  for (const auto& [name, size] :
       {std::pair{"side", shape.side}, std::pair{"study", shape.study},
        std::pair{"tokens", shape.tokens}, std::pair{"length", shape.length}}) {
    if (size != 0) json[name] = size;
  }
  return json;
}

TaskShape task_shape(const Json& json) {
  try {
    return {json.value("side", 0), json.value("study", 0), json.value("tokens", 0),
            json.value("length", 0)};
  } catch (const Json::exception& error) {
    throw DataError(cat("task: ", json_words(error)));
  }
}

void Model::make_weights(const std::vector<ParameterSpec>& specs, std::uint64_t seed) {
  const std::vector<torch::Tensor> tensors = make_parameters(specs, seed);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    // Names of a module's own must have no dots.
    std::string plain = specs[i].name;
    std::ranges::replace(plain, '.', '_');
    by_name_[specs[i].name] = register_parameter(plain, tensors[i]);
    weights_.push_back({specs[i].name, by_name_.at(specs[i].name), specs[i].matrix_parts});
  }
}

GridModel& as_grid_model(Model& model) {
  auto* grids = dynamic_cast<GridModel*>(&model);
  require(grids != nullptr, "--model.name ", model.config().name,
          ": answers facts, and the data holds grids; see recombine list models");
  return *grids;
}

FactModel& as_fact_model(Model& model) {
  auto* facts = dynamic_cast<FactModel*>(&model);
  require(facts != nullptr, "--model.name ", model.config().name,
          ": answers grids, and the data holds facts; see recombine list models");
  return *facts;
}

}  // namespace recombine
