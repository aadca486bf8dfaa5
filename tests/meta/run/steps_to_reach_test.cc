#include "meta/run/steps_to_reach.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

TEST(StepsToReach, AreTheFirstOfEachShareOfEachSet) {
  const TemporaryFolder folder;
  const RunFolder run(folder.path());
  EXPECT_EQ(steps_to_reach(run), Json::object()) << "no file yet";
  for (const auto& [step, id, ood] :
       {std::tuple{10, 0.4, 0.2}, {20, 0.91, 0.3}, {30, 0.8, 0.5}, {40, 0.95, 0.45}}) {
    add_metrics(run, {{"step", step - 5}, {"loss", 1}});
    add_metrics(run,
                {{"step", step},
                 {"validation", {{"val_id", {{"exact", id}}}, {"val_ood", {{"exact", ood}}}}}});
  }
  write_file(run.metrics(), read_file(run.metrics()) + "{\"step\": 5");
  EXPECT_EQ(steps_to_reach(run).at("val_id"), (Json{{"0.5", 20}, {"0.9", 20}, {"0.95", 40}}));
  EXPECT_EQ(steps_to_reach(run).at("val_ood"), (Json{{"0.5", 30}}));
}

}  // namespace
}  // namespace recombine
