#include "meta/run/run_state.h"

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json_words.h"

namespace recombine {

Json to_json(const RunState& state) {
  Json json = {
      {"step", state.step}, {"loss_sum", state.loss_sum}, {"loss_steps", state.loss_steps}};
  if (state.best) json["best"] = {{"step", state.best->step}, {"exact", state.best->exact}};
  return json;
}

RunState run_state(const Json& json) {
  try {
    RunState state{json.at("step"), json.at("loss_sum"), json.at("loss_steps"), std::nullopt};
    if (const auto best = json.find("best"); best != json.end()) {
      state.best = BestCheckpoint{best->at("step"), best->at("exact")};
    }
    return state;
  } catch (const Json::exception& error) {
    throw DataError(
        cat("state.json: is damaged (", json_words(error), "); resume from another checkpoint"));
  }
}

}  // namespace recombine
