#include "eval/report/evaluate_all.h"

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "eval/scoring/family.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

Report& report_for(std::vector<Report>& reports,
                   const Predictor& predictor,
                   const std::string& family) {
  for (Report& report : reports) {
    if (report.family == family && to_json(report.predictor) == to_json(predictor)) return report;
  }
  reports.push_back({predictor, family, {}});
  return reports.back();
}

}  // namespace

std::vector<Report> evaluate_all(const fs::path& folder,
                                 std::span<const AnswerBook> books,
                                 const EvaluateConfig& config,
                                 const OnItem& on_item) {
  std::vector<Report> reports;
  for (const AnswerBook& book : books) {
    const std::string name = answered_set(folder, book);
    const std::string split = split_name(folder, name);
    Report& report =
        report_for(reports, book.meta().predictor, read_manifest(folder / name).family);
    for (const auto& [known, scores] : report.splits) {
      require_data(known != split, book.file(), ": ", report.predictor.name, " answers ", split,
                   " in another file already; give one file a split");
    }
    report.splits.emplace_back(split, open_set(folder / name, [&](const auto& data) {
                                 return evaluate(data, book, config, on_item);
                               }));
  }
  return reports;
}

}  // namespace recombine
