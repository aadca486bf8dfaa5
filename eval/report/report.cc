#include "eval/report/report.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json_words.h"
#include "data/storage/file.h"
#include "data/storage/hash.h"
#include "eval/report/ceilings.h"
#include "eval/report/copies.h"
#include "eval/report/groups.h"
#include "eval/report/twins.h"

namespace recombine {
namespace {

constexpr const char* kReportSchema = "recombine.report/1";
constexpr const char* kReportListSchema = "recombine.reports/1";

RuleConfusion rule_confusion_of(const Json& json) {
  RuleConfusion confusion;
  for (const auto& [rule, kinds] : json.items()) {
    for (const auto& [kind, counts] : kinds.items()) confusion[rule][kind] = whole_counts(counts);
  }
  return confusion;
}

Json split_json(const SplitScores& scores) {
  Json json = {{"data_digest", scores.data_digest}, {"date", scores.date},
               {"queries", scores.queries},         {"planned", scores.planned},
               {"answered", scores.answered},       {"invalid", scores.invalid},
               {"missing", scores.missing}};
  if (!scores.note.empty()) json["note"] = scores.note;
  put_figures(json, scores.all.figures);
  json[kExactOfValid] = to_json(scores.exact_of_valid);
  for (const auto& [name, mean] : scores.episode_mean) json["episode_mean"][name] = mean;
  if (scores.published) json["published"] = to_json(*scores.published);
  put_copies(json, scores);
  if (scores.twins) json["twins"] = to_json(*scores.twins);
  if (!scores.ceilings.empty()) json["ceilings"] = to_json(scores.ceilings);
  if (scores.calibration) json["calibration"] = to_json(*scores.calibration);
  json["invalid_reasons"] = scores.invalid_reasons;
  json["errors"] = scores.all.errors;
  if (!scores.rule_confusion.empty()) json["rule_confusion"] = scores.rule_confusion;
  put_reading_notes(json, scores.reading);
  Json by = Json::object();
  for (const auto& [factor, groups] : scores.by) {
    Json values = Json::object();
    for (const auto& [value, group] : groups) {
      values[value] = group_json(group);
      values[value]["errors"] = group.errors;
    }
    by[factor] = std::move(values);
  }
  json["by"] = std::move(by);
  return json;
}

SplitScores split_of(const Json& json) {
  SplitScores scores;
  scores.data_digest = json.at("data_digest").get<std::string>();
  scores.date = json.value("date", "");
  scores.note = json.value("note", "");
  scores.queries = json.value("queries", "all");
  scores.planned = whole<std::uint64_t>(json.at("planned"));
  scores.answered = whole<std::uint64_t>(json.at("answered"));
  scores.invalid = whole<std::uint64_t>(json.at("invalid"));
  scores.missing = whole<std::uint64_t>(json.at("missing"));
  scores.all = group_of(json);
  scores.exact_of_valid = interval_of(json.at(kExactOfValid));
  const Json means = json.value("episode_mean", Json::object());
  for (const auto& [name, mean] : means.items())
    scores.episode_mean.emplace_back(name, mean.get<double>());
  const auto published = json.find("published");
  if (published != json.end()) scores.published = published_scores_of(*published);
  read_copies(json, scores);
  const auto twins = json.find("twins");
  if (twins != json.end()) scores.twins = twin_scores_of(*twins);
  scores.ceilings = ceilings_of(json.value("ceilings", Json::object()));
  const auto calibration = json.find("calibration");
  if (calibration != json.end()) scores.calibration = calibration_of(*calibration);
  scores.reading = reading_notes_of(json);
  scores.invalid_reasons = whole_counts(json.at("invalid_reasons"));
  scores.rule_confusion = rule_confusion_of(json.value("rule_confusion", Json::object()));
  for (const auto& [factor, values] : json.at("by").items()) {
    Groups groups;
    for (const auto& [value, group] : values.items()) groups.emplace_back(value, group_of(group));
    scores.by.emplace_back(factor, std::move(groups));
  }
  return scores;
}

Report report_of(const Json& json) {
  require_data(json.at("schema") == kReportSchema, "schema is not \"", kReportSchema, "\"");
  Report report;
  report.predictor = predictor_of(json.at("predictor"));
  report.family = json.at("family").get<std::string>();
  for (const auto& [name, split] : json.at("splits").items()) {
    report.splits.emplace_back(name, split_of(split));
  }
  return report;
}

ReportSet reports_of(const Json& json) {
  if (json.at("schema") != kReportListSchema) return {{report_of(json)}, {}};
  ReportSet set;
  for (const Json& report : json.at("reports")) set.reports.push_back(report_of(report));
  const Json comparisons = json.value("comparisons", Json::array());
  for (const Json& comparison : comparisons) {
    set.comparisons.push_back(comparison_of(comparison));
    for (const int report : set.comparisons.back().reports) {
      require_data(report >= 0 && std::cmp_less(report, set.reports.size()), "compares report ",
                   report, " of ", set.reports.size());
    }
  }
  return set;
}

}  // namespace

std::string Report::data_digest() const {
  if (splits.size() == 1) return splits.front().second.data_digest;
  std::string digests;
  for (const auto& [name, scores] : splits) digests += scores.data_digest + "\n";
  return "sha256:" + sha256(digests);
}

Json to_json(const Report& report) {
  Json splits = Json::object();
  for (const auto& [name, scores] : report.splits) splits[name] = split_json(scores);
  return {{"schema", kReportSchema},
          {"predictor", to_json(report.predictor)},
          {"data_digest", report.data_digest()},
          {"family", report.family},
          {"splits", std::move(splits)}};
}

void ReportSet::append(const ReportSet& other) {
  const auto offset = static_cast<int>(reports.size());
  reports.insert(reports.end(), other.reports.begin(), other.reports.end());
  for (Comparison comparison : other.comparisons) {
    for (int& report : comparison.reports) report += offset;
    comparisons.push_back(std::move(comparison));
  }
}

Json to_json(const ReportSet& set) {
  if (set.reports.size() == 1) return to_json(set.reports.front());
  Json list = Json::array();
  for (const Report& report : set.reports) list.push_back(to_json(report));
  Json comparisons = Json::array();
  for (const Comparison& comparison : set.comparisons) comparisons.push_back(to_json(comparison));
  return {{"schema", kReportListSchema},
          {"reports", std::move(list)},
          {"comparisons", std::move(comparisons)}};
}

ReportSet read_reports(const std::filesystem::path& file) {
  const std::string text = read_file(file);
  try {
    return reports_of(parse_json(text));
  } catch (const Json::exception& error) {
    throw DataError(
        cat(file.string(), ": is not a report of `recombine evaluate` (", json_words(error), ")"));
  } catch (const DataError& error) {
    throw DataError(cat(file.string(), ": ", error.what()));
  }
}

}  // namespace recombine
