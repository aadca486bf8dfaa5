#pragma once
// Who answered: a model, a baseline or a language model.

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "data/json.h"

namespace recombine {

struct Predictor {
  std::string kind;  ///< "model", "baseline" or "llm"
  std::string name;
  std::uint64_t parameters = 0;   ///< trainable numbers of a model; 0 where it does not apply
  Json details = Json::object();  ///< whatever else is worth knowing: run, checkpoint, chosen by
};

/// {"kind", "name", "parameters", and every detail by its key}: in predictions and in reports.
Json to_json(const Predictor& predictor);
/// The way back; throws Json::exception where kind or name is missing.
Predictor predictor_of(const Json& json);

}  // namespace recombine
