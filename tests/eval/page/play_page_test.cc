#include "eval/page/play_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"
#include "tests/eval/handmade_facts.h"
#include "tests/eval/page/page_data.h"

namespace recombine {
namespace {

TEST(PlayPage, HasTheFirstQueryOfItemsAcrossTheSet) {
  const TemporaryFolder folder;
  const EpisodeSet data =
      write_set(folder / "s", {handmade_episode("a", 2), handmade_episode("b", 2),
                               handmade_episode("c", 2), handmade_episode("d", 2)});
  std::vector<PredictionSet> answers;
  answers.emplace_back("p", meta_for(data, "net"), answer_all(data, "022"));
  const Json page = data_of_page(play_page(folder / "s", 2, answers, {"published", "digits"}));
  EXPECT_EQ(page.at("look"), Json({{"palette", "published"}, {"marks", "digits"}}));
  EXPECT_EQ(page.at("names"), Json({"net"}));
  const Json& set = page.at("sets").at(0);
  EXPECT_EQ(set.at("digest"), data.manifest().digest);
  ASSERT_EQ(set.at("items").size(), 2U);
  EXPECT_EQ(set.at("items").at(0).at("id"), "a");
  const Json& item = set.at("items").at(1);
  EXPECT_EQ(item.at("id"), "c");
  EXPECT_EQ(item.at("study").size(), 2U);
  ASSERT_EQ(item.at("queries").size(), 1U);
  EXPECT_EQ(item.at("queries").at(0).at("answers"), Json({1}));
}

TEST(PlayPage, RefusesAnswersToAnotherSet) {
  const TemporaryFolder folder;
  const EpisodeSet data = write_set(folder / "s", {handmade_episode("a", 2)});
  PredictionMeta meta = meta_for(data);
  meta.data_digest = "sha256:0";
  std::vector<PredictionSet> answers;
  answers.emplace_back("p", meta, answer_all(data, "022"));
  EXPECT_THROW(play_page(folder / "s", 2, answers, {}), DataError);
}

TEST(PlayPage, HasTheFactsOnTheWay) {
  const TemporaryFolder folder;
  std::vector<FactItem> facts;
  for (Token head = 0; head < 60; ++head) {
    for (const int relation : {2, 3})
      facts.push_back(handmade_fact(FactType::kIdAtomic, head, {relation}));
  }
  write_facts(folder / "train", facts, kHandmadeWorld);
  write_composed_facts(folder / "test_ood", FactType::kTestOod, {2, 3}, 8);
  const Json page = data_of_page(play_page(folder / "test_ood", 1, {}, {}));
  const Json& known = page.at("facts");
  EXPECT_EQ(known.size(), 3U) << "the head, and what its two facts lead to";
  EXPECT_EQ(known.at("e_0").at(0), Json({"r_2", "e_25"}));
  EXPECT_EQ(known.at("e_0").at(1), Json({"r_3", "e_36"}));
}

}  // namespace
}  // namespace recombine
