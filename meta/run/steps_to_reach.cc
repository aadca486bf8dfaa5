#include "meta/run/steps_to_reach.h"

#include <array>
#include <utility>

#include "data/storage/file.h"
#include "data/text.h"

namespace recombine {

Json steps_to_reach(const RunFolder& run) {
  constexpr std::array<std::pair<const char*, double>, 4> kShares = {
      {{"0.5", .5}, {"0.9", .9}, {"0.95", .95}, {"0.99", .99}}};
  Json reached = Json::object();
  if (!std::filesystem::exists(run.metrics())) return reached;
  for (const std::string& line : split_text(read_file(run.metrics()), '\n')) {
    const Json row = Json::parse(line, nullptr, false);
    if (!row.is_object() || !row.contains("validation")) continue;
    for (const auto& [set, figures] : row.at("validation").items()) {
      for (const auto& [name, share] : kShares) {
        if (figures.value("exact", 0.0) < share || reached[set].contains(name)) continue;
        reached[set][name] = row.at("step");
      }
    }
  }
  return reached;
}

}  // namespace recombine
