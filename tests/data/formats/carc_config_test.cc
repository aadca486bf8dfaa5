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
          {"parent", {{"options", Json::object()}, {"count", 10}}}};
}

/// With all ten triplets, as split.json has them: sorted.
Json whole_record() {
  Json record = split_record();
  record["seed"] = 1860;
  record["triplets"] = {
      {"train",
       {"grow+mirror+rotation", "grow+mirror+set_color", "grow+rotation+set_color",
        "grow+set_color+translation", "mirror+rotation+set_color", "mirror+rotation+translation",
        "mirror+set_color+translation", "rotation+set_color+translation"}},
      {"test", {"grow+mirror+translation", "grow+rotation+translation"}}};
  return record;
}

Episode episode_of(const std::string& id, const Rule& shape, const Rule& colour) {
  Episode episode;
  episode.id = id;
  episode.grammar.shape_rule() = shape;
  episode.grammar.colour_rule() = colour;
  episode.grammar.indicator_rule() = {"grow", {{"direction", "-x"}}};
  return episode;
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
  const Json turned = carc_transformations(
      {{"parameters", "translation=step_size|direction,translation.step_size=0|-7"}});
  EXPECT_EQ(turned["translation"].dump(), R"({"step_size":[0,-7],"direction":["x","y"]})");
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
  const Json config = carc_split_config(split_record(), {});
  EXPECT_EQ(config["train_func_compositions"].dump(), R"([["translation","mirror","grow"]])");
  EXPECT_EQ(config["test_func_compositions"].dump(), R"([["mirror","rotation","set_color"]])");
  EXPECT_EQ(config["num_val_samples"], 0);
  EXPECT_EQ(config["num_test_samples"], 2);
  EXPECT_EQ(config["args"]["num_primitives"], 0);
  EXPECT_EQ(config["args"]["num_compositions"], 2);
  EXPECT_EQ(config["args"]["min_func_examples"], 5000);
  Json lacking = split_record();
  lacking.erase("triplets");
  EXPECT_THROW(carc_split_config(lacking, {}), DataError);
}

TEST(CarcConfig, CountsOneRuleAndTwoRulePairsApart) {
  const Json config = carc_generator_config(
      {{"seed", 1},
       {"count", 2},
       {"options", {{"study", "3"}, {"one-rule-pairs", "0"}, {"two-rule-pairs", "5"}}}});
  EXPECT_EQ(config["args"]["num_primitives"], 0);
  EXPECT_EQ(config["args"]["num_func_compositions"], 5);
}

TEST(CarcConfig, SaysOfStaticDataWhatThePublishedScriptSays) {
  const Json config = carc_generator_config(
      {{"seed", 7}, {"count", 8}, {"options", {{"static", "true"}, {"queries", "5"}}}});
  EXPECT_EQ(config["data_config"].dump(),
            R"({"transformations":{"translation":{"direction":["x","y"],"step_size":[1]},)"
            R"("mirror":{"direction":["x"]},"rotation":{"rotation_type":[0]},)"
            R"("grow":{"direction":["x","y"]}}})");
  EXPECT_EQ(config["args"].dump(),
            R"({"verbose":1,"seed":7,"data_dir":"data",)"
            R"("plot_dir":"experimental_results/data/plots","plot_freq":0,"num_primitives":4,)"
            R"("num_func_compositions":4,"num_queries":5,"grid_size":[10,10],"max_tries":500})");
}

TEST(CarcConfig, HasTripletsInTheOrderInWhichTheyWereDrawn) {
  const Json config = carc_split_config(whole_record(), {});
  // random.seed(1860); random.shuffle(list(itertools.combinations(types, 3)))
  EXPECT_EQ(config["test_func_compositions"].dump(),
            R"([["translation","rotation","grow"],["translation","mirror","grow"]])");
  EXPECT_EQ(config["train_func_compositions"].dump(),
            R"([["translation","mirror","set_color"],["mirror","rotation","grow"],)"
            R"(["translation","mirror","rotation"],["translation","rotation","set_color"],)"
            R"(["mirror","set_color","grow"],["mirror","rotation","set_color"],)"
            R"(["translation","set_color","grow"],["rotation","set_color","grow"]])");
}

TEST(CarcConfig, CountsRulesInTheOrderInWhichTheyAreMet) {
  Json record = split_record();
  record["rule_counts"] = {{"grow direction_-x", 5}, {"mirror direction_x", 3}, {"rotation", 1}};
  CarcTrained trained;
  trained.add(episode_of("e0", {"mirror", {{"direction", "x"}}}, {"rotation", {}}));
  trained.add(episode_of("e1", {"rotation", {}}, {"mirror", {{"direction", "x"}}}));
  EXPECT_EQ(carc_split_config(record, trained)["func_freq"].dump(),
            R"({"mirror direction_x":3,"rotation":1,"grow direction_-x":5})");
}

TEST(CarcConfig, SaysWhetherStudyPairsWereShuffled) {
  Json record = split_record();
  EXPECT_EQ(carc_split_config(record, {})["args"]["shuffle_study_examples"], false);
  record["options"]["shuffle-study"] = "true";
  EXPECT_EQ(carc_split_config(record, {})["args"]["shuffle_study_examples"], true);
}

TEST(CarcConfig, ListsTheRulesOfASplitOfStaticData) {
  const Json record = {{"protocol", "published"},
                       {"static", true},
                       {"seed", 1860},
                       {"options", {{"test-fraction", "0.5"}}},
                       {"episodes", {{"train", {"e3"}}, {"test", {"e0", "e1"}}}},
                       {"sets", {{"train", {{"count", 9}}}, {"val_ood", {{"count", 2}}}}},
                       {"parent", {{"count", 3}}}};
  const Rule up = {"grow", {{"direction", "-y"}}};
  CarcTrained trained;
  trained.add(episode_of("e0.1", up, {"mirror", {{"direction", "x"}}}));
  trained.add(episode_of("e1.0", up, {"rotation", {{"rotation_type", "0"}}}));
  trained.add(episode_of("e3.5", up, up));
  const Json config = carc_split_config(record, trained);
  EXPECT_EQ(config["train_func_compositions"].dump(), R"([["grow","grow","grow"]])");
  EXPECT_EQ(config["test_func_compositions"].dump(),
            R"([["grow","mirror","grow"],["grow","rotation","grow"]])");
  EXPECT_EQ(config["test_func_kwargs"].dump(),
            R"({"grow":{"direction":["-y","-x"]},"mirror":{"direction":["x"]},)"
            R"("rotation":{"rotation_type":[0]}})");
  EXPECT_EQ(config["args"]["num_samples"], 3);
  EXPECT_EQ(config["args"]["frac_test_compositions"], 0.5);
  CarcTrained nothing;
  EXPECT_THROW(carc_split_config(record, nothing), DataError);
}

}  // namespace
}  // namespace recombine
