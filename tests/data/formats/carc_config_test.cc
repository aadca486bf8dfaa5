#include "data/formats/carc/carc_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"

namespace recombine {
namespace {

Json split_record() {
  return {{"protocol", "published"},
          {"seed", 1870},
          {"options", {{"primitives", "0"}}},
          {"triplets",
           {{"train", {"grow+mirror+translation"}}, {"test", {"mirror+rotation+set_color"}}}},
          {"rule_counts", {{"mirror direction_x", 3}}},
          {"sets", {{"train", {{"count", 8}}}, {"test_ood", {{"count", 2}}}}},
          {"parent", {{"options", Json::object()}}}};
}

TEST(CarcConfig, HasTheFiveTypesInTheirOrder) {
  const Json all = carc_transformations(Json::object());
  EXPECT_EQ(all.dump(), R"({"translation":{"direction":["x","y"],"step_size":[1]},)"
                        R"("mirror":{"direction":["x","y"]},"rotation":{"rotation_type":[0,8]},)"
                        R"("set_color":{"new_color":[1,2]},"grow":{"direction":["-x","-y"]}})");
}

TEST(CarcConfig, FollowsRecordedTypesAndParameters) {
  const Json chosen =
      carc_transformations({{"types", "grow,rotation,mirror"},
                            {"parameters", "rotation.rotation_type=0|1,grow.direction=+x"}});
  EXPECT_EQ(chosen.dump(), R"({"grow":{"direction":["+x"]},"rotation":{"rotation_type":[0,1]},)"
                           R"("mirror":{"direction":["x","y"]}})");
  EXPECT_THROW(carc_transformations({{"parameters", "rotation"}}), DataError);
}

TEST(CarcConfig, NamesTheOptionsOfAGeneratedSet) {
  const Json config = carc_generator_config(
      {{"seed", 1860}, {"count", 2000}, {"options", {{"side", "6"}, {"study", "2"}}}});
  const Json& args = config["args"];
  EXPECT_EQ(args["num_samples"], 2000);
  EXPECT_EQ(args["num_func_compositions"], 2);
  EXPECT_EQ(args["grid_size"].dump(), "[6,6]");
  EXPECT_EQ(args["num_queries"], 14);
  EXPECT_THROW(carc_generator_config({{"import", Json::object()}}), DataError);
}

TEST(CarcConfig, SaysOfASplitWhatIsWhere) {
  const Json config = carc_split_config(split_record());
  EXPECT_EQ(config["train_func_compositions"].dump(), R"([["translation","mirror","grow"]])");
  EXPECT_EQ(config["test_func_compositions"].dump(), R"([["mirror","rotation","set_color"]])");
  EXPECT_EQ(config["num_val_samples"], 0);
  EXPECT_EQ(config["num_test_samples"], 2);
  EXPECT_EQ(config["args"]["num_primitives"], 0);
  EXPECT_EQ(config["args"]["num_compositions"], 2);
  EXPECT_EQ(config["args"]["min_func_examples"], 5000);
  Json lacking = split_record();
  lacking.erase("triplets");
  EXPECT_THROW(carc_split_config(lacking), DataError);
}

}  // namespace
}  // namespace recombine
