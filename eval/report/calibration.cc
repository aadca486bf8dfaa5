#include "eval/report/calibration.h"

namespace recombine {

Table calibration_table(const std::string& title, const Calibration& calibration) {
  Table table{{title, "answers", "probability %", "exact %"}, {}};
  for (std::size_t i = 0; i < calibration.bins.size(); ++i) {
    const CalibrationBin& bin = calibration.bins[i];
    table.rows.push_back({std::to_string(i + 1), grouped(bin.answers), percent(bin.probability),
                          percent(bin.exact)});
  }
  return table;
}

}  // namespace recombine
