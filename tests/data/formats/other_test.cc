#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/family.h"
#include "data/formats/arc/arc.h"
#include "data/formats/grid_text.h"
#include "data/formats/hf/hf.h"
#include "data/formats/jsonl/jsonl.h"
#include "data/storage/file.h"
#include "tests/data/formats/episode.h"

namespace recombine {
namespace {

using testing::HasSubstr;

template <class Call>
std::string error_of(Call&& call) {
  try {
    call();
  } catch (const DataError& error) {
    return error.what();
  }
  return "no error";
}

std::string jsonl_line(const Episode& episode) {
  std::string text;
  append_jsonl_line(text, episode);
  return text;
}

TEST(GridText, IsSpacedAsPythonDoes) {
  std::string text = "x";
  append_grid(text, Grid::parse("12/3", 3));
  EXPECT_EQ(text, "x[[1, 2, 0], [3, 0, 0], [0, 0, 0]]");
}

TEST(GridText, HoldsGridsOfEverySide) {
  for (int side = 1; side <= kMaxSide; ++side) {
    Grid grid(side);
    for (std::size_t i = 0; i < grid.cells().size(); ++i)
      grid.cells()[i] = static_cast<Colour>(i % 10);
    std::string text;
    append_grid(text, grid);
    EXPECT_EQ(grid_from_json(Json::parse(text)), grid) << side;
  }
  EXPECT_THROW(grid_from_json(Json::parse("[]")), DataError);
  EXPECT_THROW(grid_from_json(Json(std::vector(31, std::vector(31, 0)))), DataError);
}

TEST(Jsonl, LosesNothing) {
  EXPECT_EQ(parse_jsonl_line(jsonl_line(full_episode())), full_episode());
}

TEST(Jsonl, HasTheSameKeysInEveryRow) {
  const Json full = Json::parse(jsonl_line(full_episode()));
  const Json empty = Json::parse(jsonl_line(Episode{}));
  ASSERT_EQ(full.size(), empty.size());
  for (const auto& [key, value] : full.items()) {
    ASSERT_TRUE(empty.contains(key)) << key;
    EXPECT_EQ(value.type(), empty[key].type()) << key;
  }
}

TEST(Jsonl, RefusesRowsThatAreNotOurs) {
  const Json good = Json::parse(jsonl_line(full_episode()));
  const auto error_with = [&](const char* pointer, const Json& value) {
    Json bad = good;
    bad[Json::json_pointer(pointer)] = value;
    return error_of([&] { parse_jsonl_line(bad.dump()); });
  };
  EXPECT_THAT(error_with("/grammar/role_colour", 10),
              HasSubstr("\"role_colour\" is 10; must be a whole number from 0 to 9"));
  EXPECT_THAT(error_with("/grammar/indicator_row", 3.9), HasSubstr("\"indicator_row\" is 3.9"));
  EXPECT_THAT(error_with("/grammar/role_shape", 7), HasSubstr("wrong kind"));
  EXPECT_THAT(error_with("/study/0/roles", "shape+color"), HasSubstr("roles \"shape+color\""));
  EXPECT_THAT(error_with("/queries/0/input", {{1}}), HasSubstr("must have the same side"));
  EXPECT_THAT(error_with("/attempt", -1), HasSubstr("\"attempt\" is -1"));
  Json lacking = good;
  lacking.erase("spare");
  EXPECT_THAT(error_of([&] { parse_jsonl_line(lacking.dump()); }), HasSubstr("no \"spare\""));
}

TEST(Arc, WritesStudyPairsAsTrainAndQueriesAsTest) {
  Episode episode = small_episode();
  episode.study.resize(3);
  EXPECT_EQ(arc_task(episode) + "\n", read_file(golden_format("arc_task.json")));
}

TEST(Arc, IsReadBackWithoutItsRules) {
  const Episode episode = small_episode();
  const Episode read = episode_from_arc(Json::parse(arc_task(episode)), "t1");
  ASSERT_EQ(read.study.size(), episode.study.size());
  EXPECT_EQ(read.study[4].input, episode.study[4].input);
  EXPECT_EQ(read.queries[1].output, episode.queries[1].output);
  EXPECT_EQ(read.grammar, Grammar{});
  EXPECT_EQ(read.study[0].roles, kUnknownRoles);
}

TEST(Arc, HidesAnswersInChallenges) {
  const Episode episode = small_episode();
  const Json challenge = Json::parse(arc_challenge(episode));
  EXPECT_FALSE(challenge["test"][0].contains("output"));
  const Json solution = Json::parse(arc_solution(episode));
  EXPECT_EQ(episode_from_arc(challenge, solution, "t"),
            episode_from_arc(Json::parse(arc_task(episode)), "t"));
  EXPECT_THAT(error_of([&] { episode_from_arc(challenge, Json::array(), "t"); }),
              HasSubstr("2 test inputs and 0 solutions"));
}

TEST(Arc, RefusesWhatNoEpisodeHolds) {
  const auto error_for = [](const char* text) {
    return error_of([&] { episode_from_arc(Json::parse(text), "t"); });
  };
  EXPECT_THAT(error_for(R"({"train": []})"), HasSubstr("no \"test\""));
  EXPECT_THAT(error_for(R"({"train": [{"input": [[1, 2]], "output": [[1]]}], "test": []})"),
              HasSubstr("square"));
  EXPECT_THAT(error_for(R"({"train": [{"input": [[1]], "output": [[1, 1], [1, 1]]}], "test": []})"),
              HasSubstr("same side"));
}

TEST(Hf, HasTheSameColumnsInEveryRow) {
  std::string full;
  std::string other;
  append_hf_row(full, full_episode());
  append_hf_row(other, episode_from_arc(Json::parse(arc_task(small_episode())), "t"));
  const Json row = Json::parse(full);
  EXPECT_EQ(row["shape_rule"], "translation direction=x step_size=1");
  EXPECT_EQ(row["query_outputs"].size(), 2U);
  for (const auto& [key, value] : row.items()) {
    EXPECT_EQ(value.type(), Json::parse(other)[key].type()) << key;
  }
}

TEST(Hf, CardNamesFilesAndCountsAndWarnsOfPublishedData) {
  Manifest manifest;
  manifest.family = kGrids.name;
  manifest.recipe = {{"stream", "counter"}};
  const std::string card = hf_card({{"train", 900}, {"test_ood", 200}}, manifest);
  EXPECT_THAT(card, HasSubstr("{split: test_ood, path: data/test_ood.jsonl}"));
  EXPECT_THAT(card, HasSubstr("size_categories: [1K<n<10K]"));
  EXPECT_THAT(card, Not(HasSubstr("re-upload")));
  manifest.recipe = {{"parent", {{"stream", "published"}}}};
  EXPECT_THAT(hf_card({{"train", 900}}, manifest), HasSubstr("ask before you share"));
}

}  // namespace
}  // namespace recombine
