#pragma once
// Which requests a folder of prompts holds: what turns answers into predictions again.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/json.h"
#include "eval/llm/config.h"
#include "eval/llm/estimate.h"
#include "eval/llm/request_files.h"

namespace recombine {

inline constexpr const char* kPlanFile = "prompts.json";

struct PlannedRequest {
  std::string id;
  std::string item;
  int query = 0;
  int words = 0;  ///< as in Question

  friend bool operator==(const PlannedRequest&, const PlannedRequest&) = default;
};

struct PromptPlan {
  std::string provider;
  std::string model;
  std::string family;  ///< "grids" or "facts"
  std::string data_digest;
  std::string split;
  int side = 0;                   ///< of grids
  Json vocabulary;                ///< of facts; null for grids
  Json options = Json::object();  ///< of [prompts] that shape a question, where not the default
  PromptPrices prices;            ///< as given to the export
  bool all_items = true;          ///< whether every item of the set is asked about
  int queries_per_item = 0;       ///< as in PredictionMeta
  std::vector<PlannedRequest> requests;

  friend bool operator==(const PromptPlan&, const PromptPlan&) = default;
};

/// The text of prompts.json.
std::string plan_text(const PromptPlan& plan,
                      std::span<const WrittenFile> files,
                      const Estimate& estimate);

/// Throws DataError where the folder has no prompts.json, or a damaged one.
PromptPlan read_plan(const std::filesystem::path& folder);

/// The options that shape a question of the family, where they are not the default; `text` is the
/// template, or "".
Json question_options(const PromptConfig& config,
                      const std::string& family,
                      const std::string& text);

/// Names requests. An id begins with eight digits that stand for the data and the way in which it
/// is asked about, so that answers to other prompts are told apart.
class RequestIds {
 public:
  RequestIds(const std::string& digest, const Json& options);

  /// Lower-case letters, digits and '-', at most 63; `index` is the item's in the set.
  std::string name(const std::string& item, std::size_t index, int query);

 private:
  std::string tag_;
  std::unordered_set<std::string> seen_;
};

}  // namespace recombine
