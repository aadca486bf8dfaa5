#include "data/formats/carc/carc.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "tests/data/formats/episode.h"

namespace recombine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// What Python's json.dumps wrote: line `number` of a golden file, its end included.
std::string golden_line(const std::string& name, int number) {
  std::string text = read_file(golden_format(name));
  for (int i = 0; i < number; ++i) text.erase(0, text.find('\n') + 1);
  return text.substr(0, text.find('\n') + 1);
}

std::string error_of(const std::string& line) {
  try {
    parse_carc_line(line, "e0");
  } catch (const DataError& error) {
    return error.what();
  }
  return "no error";
}

/// The golden generator line with one piece of text replaced.
std::string damaged(const std::string& from, const std::string& to) {
  std::string line = golden_line("carc_generator.jsonl", 0);
  line.replace(line.find(from), from.size(), to);
  return line;
}

TEST(CarcLine, IsWhatPythonWritesInBothForms) {
  EXPECT_EQ(carc_line(small_episode(), CarcForm::kGenerator),
            golden_line("carc_generator.jsonl", 0));
  EXPECT_EQ(carc_line(small_episode(), CarcForm::kSplit), golden_line("carc_split.jsonl", 0));
}

TEST(CarcLine, IsReadBackInTheGeneratorForm) {
  const CarcLine line = parse_carc_line(golden_line("carc_generator.jsonl", 0), "e0");
  EXPECT_EQ(line.form, CarcForm::kGenerator);
  EXPECT_FALSE(line.old_rotation);
  EXPECT_EQ(line.episode, small_episode());
}

TEST(CarcLine, IsReadBackInTheSplitFormWithItsRoles) {
  const CarcLine line = parse_carc_line(golden_line("carc_split.jsonl", 0), "e0");
  EXPECT_EQ(line.form, CarcForm::kSplit);
  EXPECT_EQ(line.episode, small_episode());
}

TEST(CarcLine, KeepsTheOldRotationAndSaysSo) {
  const std::string text = golden_line("carc_generator.jsonl", 1);
  const CarcLine line = parse_carc_line(text, "e1");
  EXPECT_TRUE(line.old_rotation);
  EXPECT_EQ(line.episode.grammar.shape_rule(), (Rule{"rotation", {{"rotation_type", "8"}}}));
  EXPECT_EQ(carc_line(line.episode, CarcForm::kGenerator), text);
}

TEST(CarcLine, LeavesOutSparePairs) {
  Episode episode = full_episode();
  EXPECT_EQ(carc_line(episode, CarcForm::kSplit), golden_line("carc_split.jsonl", 0));
}

TEST(CarcLine, HasNoGeneratorFormForExamplesWithoutSection) {
  Episode episode = small_episode();
  episode.study[2].roles = kUnknownRoles;
  EXPECT_THROW(carc_line(episode, CarcForm::kGenerator), DataError);
  EXPECT_NO_THROW(carc_line(episode, CarcForm::kSplit));
}

TEST(CarcLine, RefusesBadCells) {
  EXPECT_THAT(error_of(damaged("[4, 0, 0, 0]", "[4, 0, 0]")),
              HasSubstr("\"shape_transformation\": row 0 of a grid of 4 rows has 3 cells"));
  EXPECT_THAT(error_of(damaged("[4, 0, 0, 0]", "[10, 0, 0, 0]")), HasSubstr("cell 10 in row 0"));
  EXPECT_THAT(error_of(damaged("[4, 0, 0, 0]", "[-1, 0, 0, 0]")), HasSubstr("cell -1"));
  EXPECT_THAT(error_of(damaged("[4, 0, 0, 0]", "[1.5, 0, 0, 0]")), HasSubstr("cell 1.5"));
  EXPECT_THAT(error_of(damaged("[4, 0, 0, 0]", "7")), HasSubstr("row 0"));
}

TEST(CarcLine, RefusesOtherThings) {
  EXPECT_THAT(error_of(""), HasSubstr("is empty"));
  EXPECT_THAT(error_of(golden_line("carc_split.jsonl", 0).substr(0, 300)), HasSubstr("not JSON"));
  EXPECT_THAT(error_of("[1, 2]"), HasSubstr("primitive_functions"));
  EXPECT_THAT(error_of(damaged("\"queries\"", "\"query\"")), HasSubstr("no \"queries\""));
  EXPECT_THAT(
      error_of(damaged("\"kwargs\": {\"direction\": \"x\"", "\"kwargs\": {\"direction\": [1]")),
      HasSubstr("value [1] of a parameter"));
  EXPECT_THAT(error_of(damaged("\"type\": \"translation\"", "\"type\": 3")), HasSubstr("\"type\""));
}

TEST(InferRoles, FindsTheSectionsOfEveryPublishedLayout) {
  const std::vector<Example> one = small_episode().study;
  std::vector<Example> twice;
  for (const Example& pair : one) twice.insert(twice.end(), 2, pair);
  std::vector<Roles> expected;
  for (const Roles roles : kStudySections) expected.insert(expected.end(), 2, roles);
  EXPECT_EQ(infer_roles(twice), expected);

  const std::vector<Example> primitives(twice.begin(), twice.begin() + 6);
  EXPECT_THAT(infer_roles(primitives), ElementsAre(1, 1, 2, 2, 4, 4));
  const std::vector<Example> pairs(twice.begin() + 6, twice.end());
  EXPECT_THAT(infer_roles(pairs), ElementsAre(3, 3, 5, 5, 6, 6));
  const std::vector<Example> few(3, small_episode().queries.front());
  EXPECT_THAT(infer_roles(few), ElementsAre(kAllRoles, kAllRoles, kAllRoles));
}

TEST(InferRoles, SaysNothingOfAnotherOrder) {
  std::vector<Example> study = small_episode().study;
  std::swap(study[0], study[2]);
  EXPECT_THAT(infer_roles(study), testing::Each(kUnknownRoles));
}

// Every layout is looked at in a step or two: work that grows with the cube of the pairs would take
// hours here, and end at the time limit of a test.
TEST(InferRoles, IsSoonDoneWithManyPairs) {
  const std::vector<Example> study(20000, small_episode().study.front());
  EXPECT_THAT(infer_roles(study), testing::Each(kUnknownRoles));
}

std::vector<Roles> roles_of(const Episode& episode) {
  std::vector<Roles> roles;
  for (const Example& pair : episode.study) roles.push_back(pair.roles);
  return roles;
}

/// As it is read back from a split line.
Episode reread(const Episode& episode) {
  return parse_carc_line(carc_line(episode, CarcForm::kSplit), episode.id).episode;
}

TEST(NameRoles, FindsTheSectionsOfAShuffledSet) {
  Episode episode = small_episode();
  std::swap(episode.study[0], episode.study[2]);
  std::swap(episode.study[1], episode.study[5]);
  EXPECT_EQ(reread(episode), episode);
  std::ranges::reverse(episode.study);
  EXPECT_EQ(reread(episode), episode);
}

TEST(NameRoles, IsNotFooledByAnOrderThatFitsByChance) {
  Episode episode = small_episode();
  // Which inputs hold an indicator is as in the published order.
  std::swap(episode.study[0], episode.study[1]);
  std::swap(episode.study[2], episode.study[5]);
  std::swap(episode.study[4], episode.study[5]);
  EXPECT_EQ(reread(episode), episode);
}

TEST(NameRoles, KeepsThePublishedOrderWhereQueriesShowNoTriggers) {
  Episode episode = small_episode();
  episode.queries = {example(kAllRoles, "1", "1")};
  EXPECT_EQ(roles_of(reread(episode)), roles_of(episode));
  std::swap(episode.study[0], episode.study[2]);
  EXPECT_THAT(roles_of(reread(episode)), testing::Each(kUnknownRoles));
}

TEST(CountObjects, JoinsTouchingCellsOfAnyColour) {
  EXPECT_EQ(count_objects(Grid::parse("", 4)), 0);
  EXPECT_EQ(count_objects(Grid::parse("1/02//0003", 4)), 2);
  EXPECT_EQ(count_objects(Grid::parse("1003/0000/0000/2004", 4)), 4);
}

}  // namespace
}  // namespace recombine
