#include "data/storage/metrics.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

TEST(ReadMetrics, GivesWholeRowsThatSayTheirStepAlone) {
  const TemporaryFolder folder;
  write_file(folder / "metrics.jsonl",
             "{\"step\": 10, \"loss\": 0.5}\n{\"loss\": 1}\n[3]\n{\"step\":20}\n{\"step\": 3");
  std::string lines;
  int sum = 0;
  read_metrics(folder / "metrics.jsonl", [&](const Json& row, std::string_view line) {
    sum += row.at("step").get<int>();
    lines.append(line).append("|");
  });
  EXPECT_EQ(sum, 30);
  EXPECT_EQ(lines, "{\"step\": 10, \"loss\": 0.5}|{\"step\":20}|");
  write_file(folder / "metrics.jsonl", "{\"step\": 9007199254740993}\n{\"step\": -1}\n");
  read_metrics(folder / "metrics.jsonl",
               [&](const Json& row, std::string_view) { ADD_FAILURE() << row.dump(); });
  const auto skip = [](const Json&, std::string_view) {};
  EXPECT_THROW(read_metrics(folder / "none", skip), DataError);
}

}  // namespace
}  // namespace recombine
