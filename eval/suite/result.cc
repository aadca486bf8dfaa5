#include "eval/suite/result.h"

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json_words.h"
#include "data/storage/file.h"

namespace recombine {

Json suite_results_json(std::span<const SuiteResult> results) {
  Json reports = Json::array();
  for (const SuiteResult& result : results) {
    Json report = to_json(result.report);
    report["suite"] = {{"name", result.suite},
                       {"task", result.task},
                       {"axis", result.axis},
                       {"certified", result.certified},
                       {"model", result.model}};
    reports.push_back(std::move(report));
  }
  return {{"schema", "recombine.reports/1"},
          {"reports", std::move(reports)},
          {"comparisons", Json::array()}};
}

std::vector<SuiteResult> read_suite_results(const std::filesystem::path& file) {
  ReportSet set = read_reports(file);
  const Json json = parse_json(read_file(file));
  require_data(!set.reports.empty(), file.string(), ": holds no report");
  std::vector<SuiteResult> results;
  try {
    for (std::size_t i = 0; i < set.reports.size(); ++i) {
      const Json& report = json.contains("reports") ? json["reports"].at(i) : json;
      require_data(report.contains("suite"), file.string(),
                   ": its reports are of no suite; give what `recombine suite score --out` writes");
      const Json& about = report["suite"];
      results.push_back({about.at("name").get<std::string>(), about.at("task").get<std::string>(),
                         about.at("axis").get<std::string>(), about.at("certified").get<bool>(),
                         about.at("model").get<std::string>(), std::move(set.reports[i])});
    }
  } catch (const Json::exception& error) {
    throw DataError(cat(file.string(), ": says of a report's suite what `recombine suite score` ",
                        "does not write (", json_words(error), ")"));
  }
  return results;
}

}  // namespace recombine
