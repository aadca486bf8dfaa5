#include "eval/llm/plan.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "data/json_words.h"
#include "data/storage/file.h"
#include "data/storage/hash.h"

namespace recombine {
namespace {

constexpr const char* kSchema = "recombine.prompts/1";

/// Letters and digits in lower case, anything else as '-'.
std::string plain_name(const std::string& item) {
  std::string name;
  for (const char c : item) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    name += upper ? static_cast<char>(c - 'A' + 'a') : kept ? c : '-';
  }
  return name;
}

Json request_json(const PlannedRequest& request) {
  return {{"id", request.id},
          {"item", request.item},
          {"query", request.query},
          {"words", request.words}};
}

PromptPlan plan_of(const Json& json) {
  require_data(json.at("schema") == kSchema, "schema is not \"", kSchema, "\"");
  PromptPlan plan;
  plan.provider = json.at("provider").get<std::string>();
  plan.model = json.at("model").get<std::string>();
  plan.family = json.at("family").get<std::string>();
  plan.data_digest = json.at("data_digest").get<std::string>();
  plan.split = json.at("split").get<std::string>();
  plan.side = whole<int>(json.at("side"));
  plan.vocabulary = json.at("vocabulary");
  plan.options = json.at("options");
  const Json prices = json.value("prices", Json(nullptr));
  if (!prices.is_null())
    plan.prices = {prices.at("in").get<double>(), prices.at("out").get<double>()};
  plan.all_items = json.at("all_items").get<bool>();
  plan.queries_per_item = whole<int>(json.at("queries_per_item"));
  for (const Json& row : json.at("requests")) {
    plan.requests.push_back({row.at("id").get<std::string>(), row.at("item").get<std::string>(),
                             whole<int>(row.at("query")), whole<int>(row.at("words"))});
  }
  require_data(plan.requests.size() == whole<std::uint64_t>(json.at("planned")), "plans ",
               whole<std::uint64_t>(json.at("planned")), " requests and lists ",
               plan.requests.size());
  return plan;
}

}  // namespace

std::string plan_text(const PromptPlan& plan,
                      std::span<const WrittenFile> files,
                      const Estimate& estimate) {
  Json json = {{"schema", kSchema},
               {"provider", plan.provider},
               {"model", plan.model},
               {"family", plan.family},
               {"data_digest", plan.data_digest},
               {"split", plan.split},
               {"side", plan.side},
               {"vocabulary", plan.vocabulary},
               {"options", plan.options},
               {"all_items", plan.all_items},
               {"queries_per_item", plan.queries_per_item},
               {"planned", plan.requests.size()},
               {"estimated_tokens",
                {{"asked", estimate.asked},
                 {"answered_least", estimate.answered_least},
                 {"answered_most", estimate.answered_most}}}};
  if (plan.prices.known()) json["prices"] = {{"in", plan.prices.in}, {"out", plan.prices.out}};
  json["files"] = Json::array();
  if (files.size() < plan.requests.size() || files.size() == 1) {
    for (const WrittenFile& file : files) {
      json["files"].push_back(
          {{"file", file.file}, {"requests", file.requests}, {"bytes", file.bytes}});
    }
  }
  // A line a request, so that a person finds one.
  std::string text = json.dump(2);
  text.resize(text.size() - 2);
  text += ",\n  \"requests\": [";
  for (std::size_t i = 0; i < plan.requests.size(); ++i)
    text += cat(i == 0 ? "\n    " : ",\n    ", request_json(plan.requests[i]).dump());
  return text + "\n  ]\n}\n";
}

PromptPlan read_plan(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / kPlanFile;
  const std::string text = read_file(file);
  try {
    return plan_of(parse_json(text));
  } catch (const Json::exception& error) {
    throw DataError(cat(file.string(), ": does not describe prompts (", json_words(error), ")"));
  } catch (const DataError& error) {
    throw DataError(cat(file.string(), ": ", error.what()));
  }
}

Json question_options(const PromptConfig& config,
                      const std::string& family,
                      const std::string& text) {
  constexpr std::array<std::string_view, 11> kShaping = {
      "queries", "shots", "image",   "image-only", "cell",     "palette",
      "bridge",  "facts", "context", "steps",      "reasoning"};
  Json options = Json::object();
  for (const Field& field : changed_fields(config)) {
    // The facts that a prompt tells are drawn by the seed; of grids it chooses items alone.
    const bool draws = find_family(family).drawn_prompts && field.name == "seed";
    if (draws || std::ranges::find(kShaping, field.name) != kShaping.end())
      options[field.name] = field.value;
  }
  if (!text.empty()) options["template"] = hex(xxh3(text));
  return options;
}

RequestIds::RequestIds(const std::string& digest, const Json& options)
    : tag_("r" + hex(xxh3(digest + options.dump())).substr(8)) {}

std::string RequestIds::name(const std::string& item, std::size_t index, int query) {
  constexpr std::size_t kLongest = 63;
  std::string id = cat(tag_, "-", plain_name(item), "-q", query);
  if (id.size() > kLongest || seen_.contains(id)) id = cat(tag_, "-n", index, "-q", query);
  require_data(seen_.insert(id).second, "item ", item, " is twice in the set");
  return id;
}

}  // namespace recombine
