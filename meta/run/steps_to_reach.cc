#include "meta/run/steps_to_reach.h"

#include <array>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/storage/metrics.h"

namespace recombine {

Json steps_to_reach(const RunFolder& run) {
  constexpr std::array<std::pair<const char*, double>, 4> kShares = {
      {{"0.5", .5}, {"0.9", .9}, {"0.95", .95}, {"0.99", .99}}};
  Json reached = Json::object();
  if (!std::filesystem::exists(run.metrics())) return reached;
  read_metrics(run.metrics(), [&](const Json& row, std::string_view) {
    const auto validation = row.find("validation");
    if (validation == row.end()) return;
    for (const auto& [set, figures] : validation->items()) {
      for (const auto& [name, share] : kShares) {
        if (!figures.contains("exact") || !figures.at("exact").is_number() ||
            figures.at("exact").get<double>() < share || reached[set].contains(name))
          continue;
        reached[set][name] = row.at("step");
      }
    }
  });
  return reached;
}

}  // namespace recombine
