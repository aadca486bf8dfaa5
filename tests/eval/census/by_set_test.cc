// The table of factors by set: what is held out, and what else.

#include "eval/census/by_set.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

using testing::HasSubstr;

class FactorTables : public testing::Test {
 protected:
  void SetUp() override {
    Episode held_out = handmade_episode("c", 2);
    held_out.grammar.shape_rule() = {"mirror", {{"direction", "x"}}};
    write_set(folder_ / "train", {handmade_episode("a", 2), handmade_episode("b", 3)});
    write_set(folder_ / "val_id", {handmade_episode("d", 1)});
    write_set(folder_ / "test_ood", {held_out});
  }

  FactorsBySet counted(int threads = 0) const {
    return count_by_set(folder_.path(), {"train", "val_id", "test_ood"}, threads);
  }

  TemporaryFolder folder_;
};

TEST_F(FactorTables, HaveEveryValueBySet) {
  const Json json = to_json(counted());
  EXPECT_EQ(json.at("triplet").at("grow+set_color+translation"),
            (Json{{"train", 2}, {"val_id", 1}, {"test_ood", 0}}));
  EXPECT_EQ(json.at("triplet").at("grow+mirror+set_color").at("test_ood"), 1);
  EXPECT_EQ(json.at("answer_color").at("2").at("train"), 5);
  EXPECT_THAT(aligned_text(table_of(counted())), HasSubstr("grow+mirror+set_color"));
  EXPECT_EQ(table_of(counted()).header,
            (std::vector<std::string>{"factor", "value", "train", "val_id", "test_ood"}));
  EXPECT_EQ(to_json(counted(1)), to_json(counted(3)));
}

TEST_F(FactorTables, SayWhatTrainLacks) {
  const std::string text = held_out_text(counted());
  EXPECT_THAT(text, HasSubstr("train lacks 1 of 2 values of triplet: grow+mirror+set_color (1 "
                              "elsewhere)"));
  EXPECT_THAT(text, HasSubstr("; 1 of 2 values of shape_rule: mirror x (1 elsewhere)"));
  EXPECT_THAT(text, HasSubstr("; it has every value of shape_size, color_rule"));
}

TEST_F(FactorTables, SayThatTrainLacksNothing) {
  EXPECT_THAT(held_out_text(count_by_set(folder_.path(), {"train", "val_id"})),
              testing::StartsWith("train has every value of triplet, shape_size"));
  EXPECT_EQ(held_out_text(count_by_set(folder_.path(), {"val_id", "test_ood"})),
            "no set is called train: nothing to compare with");
}

TEST_F(FactorTables, HaveTheAxesOfTheSplitThatAreNoFactors) {
  Episode shown_more = handmade_episode("m", 1);
  shown_more.study.push_back(shown_more.study.front());
  Indicator& indicator = shown_more.grammar.indicators.front();
  indicator.colour = 4;
  indicator.row = 5;
  write_set(folder_ / "val_ood", {shown_more});
  const auto levels = [](const char* train, const char* test) {
    return Json{{"train", Json::array({train})}, {"test", Json::array({test})}};
  };
  write_file(folder_ / "split.json", Json{{"levels",
                                           {{"study-count", levels("2", "3")},
                                            {"position", levels("upper-left", "lower-left")},
                                            {"size", levels("2", "9")},
                                            {"depth", levels("2", "3")}}}}
                                         .dump());
  const FactorsBySet counted = count_by_set(folder_.path(), {"train", "val_ood"});
  const std::string text = held_out_text(counted);
  EXPECT_THAT(text, HasSubstr("1 of 2 values of indicator_color: 4"));
  EXPECT_THAT(text, HasSubstr("; 1 of 2 values of study-count: 3 (1 elsewhere)"));
  EXPECT_THAT(text, HasSubstr("; 1 of 2 values of position: lower-left (1 elsewhere)"));
  const Json json = to_json(counted);
  EXPECT_EQ(json.at("position").at("unknown"), (Json{{"train", 2}, {"val_ood", 0}}));
  EXPECT_EQ(std::ranges::count(counted.factors, "depth", [](const auto& one) { return one.first; }),
            1);
  EXPECT_TRUE(json.contains("shape_size"));
  EXPECT_FALSE(json.contains("size")) << "the same as shape_size";
}

TEST_F(FactorTables, CountNamesOfManyValues) {
  std::vector<Episode> many;
  for (int size = 2; size < 7; ++size) {
    many.push_back(handmade_episode(cat("m", size), 1));
    many.back().grammar.role_shape = std::string(static_cast<std::size_t>(2 * size), '0');
  }
  write_set(folder_ / "val_ood", many);
  const auto text = held_out_text(count_by_set(folder_.path(), {"train", "val_ood"}));
  EXPECT_THAT(text, HasSubstr("train lacks 4 of 5 values of shape_size; it has"));
}

}  // namespace
}  // namespace recombine
