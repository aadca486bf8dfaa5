#include "eval/report/ceilings.h"

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/tables/table.h"

namespace recombine {

Json to_json(const std::vector<Ceiling>& ceilings) {
  Json json = Json::object();
  for (const Ceiling& ceiling : ceilings) {
    json[ceiling.order] = {{"episodes", ceiling.episodes}, {"ambiguous", ceiling.ambiguous},
                           {"queries", ceiling.queries},   {"determined", ceiling.determined},
                           {"guessed", ceiling.guessed},   {"exact", ceiling.share()}};
  }
  return json;
}

std::vector<Ceiling> ceilings_of(const Json& json) {
  std::vector<Ceiling> ceilings;
  for (const char* order : {"fixed", "any"}) {
    const auto place = json.find(order);
    if (place == json.end()) continue;
    ceilings.push_back(
        {order, whole<std::uint64_t>(place->at("episodes")),
         whole<std::uint64_t>(place->at("ambiguous")), whole<std::uint64_t>(place->at("queries")),
         whole<std::uint64_t>(place->at("determined")), place->at("guessed").get<double>()});
  }
  return ceilings;
}

std::string ceilings_text(const std::string& split, const std::vector<Ceiling>& ceilings) {
  std::string text;
  for (const Ceiling& ceiling : ceilings) {
    text += cat("\n", split, ", ceiling with ",
                ceiling.order == "any" ? "any order" : "the order known",
                " of the rules: ", percent(ceiling.share()), " % (", grouped(ceiling.determined),
                " of ", grouped(ceiling.queries),
                " queries have one answer, a guess among the others' is "
                "counted by its chance)\n");
  }
  return text;
}

}  // namespace recombine
