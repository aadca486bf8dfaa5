#include "data/predictor.h"

#include <nlohmann/json.hpp>

namespace recombine {

Json to_json(const Predictor& predictor) {
  Json json = {
      {"kind", predictor.kind}, {"name", predictor.name}, {"parameters", predictor.parameters}};
  for (const auto& [key, value] : predictor.details.items()) json[key] = value;
  return json;
}

Predictor predictor_of(const Json& json) {
  Predictor predictor;
  predictor.kind = json.at("kind").get<std::string>();
  predictor.name = json.at("name").get<std::string>();
  predictor.parameters = whole_or(json, "parameters", 0);
  for (const auto& [key, value] : json.items()) {
    if (key != "kind" && key != "name" && key != "parameters") predictor.details[key] = value;
  }
  return predictor;
}

}  // namespace recombine
