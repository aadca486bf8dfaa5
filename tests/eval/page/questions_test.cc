#include "eval/page/questions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "eval/page/item_json.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

using testing::ElementsAre;

/// Items of one query each, right where the text has a '1'.
Outcomes outcomes(const std::string& text) {
  Outcomes all;
  for (const char one : text) all.push_back({one == '1'});
  return all;
}

std::vector<std::size_t> items_of(const std::vector<ChosenQuery>& chosen) {
  std::vector<std::size_t> items;
  items.reserve(chosen.size());
  for (const ChosenQuery& one : chosen) items.push_back(one.item);
  return items;
}

TEST(ChosenQueries, AreAllWhereThereIsRoom) {
  const std::vector<Outcomes> right = {outcomes("1010"), outcomes("1100")};
  EXPECT_THAT(items_of(chosen_queries(right, 10)), ElementsAre(0, 1, 2, 3));
}

TEST(ChosenQueries, AreFirstThoseThatPredictorsDifferOn) {
  const std::vector<Outcomes> right = {outcomes("1111111101"), outcomes("1111111110")};
  EXPECT_THAT(items_of(chosen_queries(right, 4)), ElementsAre(0, 4, 8, 9));
}

TEST(ChosenQueries, KeepSomeThatAllHaveRight) {
  const std::vector<Outcomes> right = {outcomes("0000000011"), outcomes("1111111111")};
  EXPECT_THAT(items_of(chosen_queries(right, 4)), testing::Contains(testing::Ge(8U)));
}

TEST(ChosenQueries, AreSpreadOverTheSet) {
  const std::vector<Outcomes> right = {outcomes(std::string(100, '0'))};
  EXPECT_THAT(items_of(chosen_queries(right, 4)), ElementsAre(0, 25, 50, 75));
}

TEST(ChosenQueries, AreNoneOfNobodys) {
  EXPECT_TRUE(chosen_queries({}, 4).empty());
  EXPECT_TRUE(chosen_queries(std::vector<Outcomes>{Outcomes{}}, 4).empty());
}

TEST(TrimmedText, IsReadBack) {
  const Grid grid = Grid::parse("1/03//4", 5);
  EXPECT_EQ(trimmed_text(grid), "1/03//4");
  EXPECT_EQ(trimmed_text(Grid(3)), "");
  EXPECT_EQ(Grid::parse(trimmed_text(grid), 5), grid);
}

TEST(Questions, AreSpreadOverTheSetWhereThePageHasNoRoomForAll) {
  const TemporaryFolder folder;
  std::vector<Episode> episodes;
  for (const char* id : {"a", "b", "c", "d", "e", "f", "g", "h"})
    episodes.push_back(handmade_episode(id, 1));
  const EpisodeSet data = write_set(folder / "s", episodes);
  const PredictionSet predicted("p", meta_for(data), answer_all(data, "22"));
  const PageSet set{folder / "s", "s", {{&predicted, 0, nullptr}}};
  PageRoom all;
  const Json whole = questions_json(set, 100, all);
  EXPECT_EQ(whole.at("items").size(), 8U);
  Json first = whole.at("items").at(0);
  EXPECT_TRUE(first.contains("study"));
  first.erase("study");
  PageRoom little{5 * first.dump().size(), 0};
  const Json part = questions_json(set, 100, little);
  EXPECT_EQ(part.at("asked"), 8);
  EXPECT_EQ(part.at("shown"), 4);
  EXPECT_EQ(part.at("items").at(0), first);
  EXPECT_EQ(part.at("items").at(3).at("id"), "g");
}

}  // namespace
}  // namespace recombine
