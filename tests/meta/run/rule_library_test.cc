// A trained run that is told which rules there are answers study sets that it never learned from.

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/json.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"

namespace recombine {
namespace {

using testing::HasSubstr;

class RuleLibraryOfARun : public testing::Test {
 protected:
  /// In the folder; standard error goes to the file `said` there.
  int program(const std::string& words) const {
    const std::string line = cat("cd '", folder_.path().string(), "' && '", build_folder(),
                                 "/bin/recombine' ", words, " --quiet >/dev/null 2>said");
    return WEXITSTATUS(std::system(line.c_str()));
  }
  std::string said() const { return read_file(folder_ / "said"); }

  /// The run that comes with the tree, with the rules of these episodes.
  int convert(const std::string& data, const std::string& more = "") const {
    return program(cat("convert --run '", source_folder(),
                       "/models/pretrained/carc-executor' --library ", data,
                       " --out known --force ", more));
  }

  double exact_match(const std::string& data) const {
    EXPECT_EQ(program(cat("predict --run known --data ", data, " --out p.jsonl --force")), 0)
        << said();
    EXPECT_EQ(program(cat("evaluate --data ", data, " --predictions p.jsonl --out r.json --force")),
              0)
        << said();
    const Json report = Json::parse(read_file(folder_ / "r.json"));
    return report.at("splits").begin().value().at("exact").at("value").get<double>();
  }

  const TemporaryFolder folder_;
};

TEST_F(RuleLibraryOfARun, AnswersStudySetsThatItNeverLearnedFrom) {
  ASSERT_EQ(program("generate grids --episodes 240 --seed 77 --out all"), 0) << said();
  ASSERT_EQ(convert("all"), 0) << said();
  const Json run = Json::parse(read_file(folder_ / "known/run.json"));
  EXPECT_EQ(run.at("status"), "finished");
  const std::string config = read_file(folder_ / "known/config.ini");
  const std::string key = "\nlibrary = ";
  const int rules = std::stoi(config.substr(config.find(key) + key.size()));
  EXPECT_GE(rules, 9) << "two ways of moving, mirroring, painting and growing, one of turning";
  EXPECT_LE(rules, 15);
  ASSERT_EQ(program("split --data all --primitives 0 --compositions 0 --few-shots 3 --out three"),
            0)
      << said();
  EXPECT_GT(exact_match("three/test_ood"), 0.95);
  ASSERT_EQ(program("split --data all --primitives 0 --out two"), 0) << said();
  EXPECT_GT(exact_match("two/test_ood"), 0.95);
  ASSERT_EQ(program("generate grids --episodes 12 --seed 78 --indicators 2 --out four"), 0)
      << said();
  EXPECT_GT(exact_match("four"), 0.9);
  EXPECT_EQ(program("trace --run known --data four --out trace"), kBadData);
  EXPECT_THAT(said(), HasSubstr("episodes of 4 rules; those of three are traced"));
}

TEST_F(RuleLibraryOfARun, FindsSectionsAndOrdersThatNothingTells) {
  ASSERT_EQ(program("generate grids --episodes 240 --seed 77 --out all"), 0) << said();
  ASSERT_EQ(convert("all", "--sections searched --order found"), 0) << said();
  ASSERT_EQ(program("split --data all --shuffle-study --out shuffled"), 0) << said();
  EXPECT_GT(exact_match("shuffled/test_ood"), 0.9);
  ASSERT_EQ(program("generate grids --episodes 30 --seed 78 --order episode --out orders"), 0)
      << said();
  EXPECT_GT(exact_match("orders"), 0.9);
  ASSERT_EQ(program("split --data all --compositions 0 --shuffle-study --out alone"), 0) << said();
  EXPECT_GT(exact_match("alone/test_ood"), 0.5) << "six pairs, and nothing says what they show";
  for (const char* option : {"--refine 2", "--copies"})
    EXPECT_EQ(program(cat("predict --run known --data orders --out q.jsonl ", option)), kWrongUse)
        << option;
  ASSERT_EQ(program("trace --run known --data orders,shuffled/test_ood --items 12 --out trace"), 0)
      << said();
  const Json trace = Json::parse(read_file(folder_ / "trace/trace.json"));
  EXPECT_GE(trace["sets"][0]["found"]["orders_right"], 10) << "orders that nothing tells";
  EXPECT_EQ(trace["sets"][0]["found"]["sets"], 0) << "of sections that are told";
  const Json& found = trace["sets"][1]["found"];
  EXPECT_EQ(found["pairs"], 12 * 12);
  EXPECT_GE(found["pairs_right"], 120);
  EXPECT_EQ(found["episodes"][3]["sections"].size(), 12U);
  EXPECT_THAT(read_file(folder_ / "trace/trace.md"), HasSubstr("of 144 pairs"));
  EXPECT_EQ(program("train --data shuffled --config known/config.ini --out again"), kWrongUse);
  EXPECT_THAT(said(), HasSubstr("convert --library"));
}

TEST_F(RuleLibraryOfARun, ReadsSectionsOffTheQueries) {
  ASSERT_EQ(program("generate grids --episodes 240 --seed 77 --out all"), 0) << said();
  ASSERT_EQ(program("split --data all --shuffle-study --out shuffled"), 0) << said();
  ASSERT_EQ(convert("shuffled/train", "--sections triggers"), 0) << said();
  EXPECT_GT(exact_match("shuffled/test_ood"), 0.95);
  ASSERT_EQ(program("split --data all --primitives 0 --compositions 0 --few-shots 3 --out three"),
            0)
      << said();
  EXPECT_GT(exact_match("three/test_ood"), 0.95);
  ASSERT_EQ(program("generate grids --episodes 4 --seed 78 --indicators 2 --out four"), 0);
  EXPECT_EQ(program("predict --run known --data four --out p.jsonl --force"), kBadData);
  EXPECT_THAT(said(), HasSubstr("episodes of three rules that all queries need"));
}

TEST_F(RuleLibraryOfARun, AnswersBoardsOfOtherSides) {
  ASSERT_EQ(program("generate grids --episodes 240 --seed 77 --out all"), 0) << said();
  ASSERT_EQ(convert("all", "--sections searched --order found"), 0) << said();
  for (const char* options : {"--side 7 --study 1 --max-shape-size 5", "--side 13 --study 3",
                              "--side 20 --study 6 --max-shape-size 6"}) {
    ASSERT_EQ(
        program(cat("generate grids --episodes 10 --seed 79 ", options, " --out other --force")), 0)
        << said();
    EXPECT_GT(exact_match("other"), 0.9) << options;
  }
  EXPECT_EQ(program("trace --run known --data other --items 2 --out trace"), kWrongUse);
  EXPECT_THAT(said(), HasSubstr("trace episodes of side 10"));
}

TEST_F(RuleLibraryOfARun, NeedsEpisodesThatSayTheirSections) {
  ASSERT_EQ(program("generate grids --episodes 60 --seed 77 --out all"), 0) << said();
  EXPECT_EQ(program("convert --run known --order found --out other"), kWrongUse);
  EXPECT_EQ(convert("all", "--name shared"), kWrongUse);
  EXPECT_THAT(said(), HasSubstr("--library: goes with neither --vocabulary nor --name"));
  ASSERT_EQ(program("split --data all --primitives 0 --out two"), 0) << said();
  EXPECT_EQ(convert("two/train"), kBadData);
  EXPECT_THAT(said(), HasSubstr("no study pair of these episodes shows a rule alone"));
  ASSERT_EQ(
      program("generate grids --episodes 60 --side 6 --queries 2 --max-shape-size 3 --out six"), 0)
      << said();
  EXPECT_EQ(convert("six"), kBadData);
  EXPECT_THAT(said(), HasSubstr("has side 6; the model of"));
  ASSERT_EQ(program("generate grids --episodes 8 --seed 78 --indicators 2 --out four"), 0);
  EXPECT_EQ(convert("four"), kBadData);
  EXPECT_THAT(said(), HasSubstr("is made of episodes of three rules in the usual order"));
}

TEST_F(RuleLibraryOfARun, IsRefusedWhereTheModelHasNoRules) {
  ASSERT_EQ(program("generate grids --episodes 200 --side 6 --study 2 --queries 2 "
                    "--min-shape-size 2 --max-shape-size 3 --shape-box 2 --out set"),
            0)
      << said();
  ASSERT_EQ(program("split --data set --primitives 1 --compositions 1 --queries 2 --out s"), 0);
  ASSERT_EQ(program("train --data s --out run --steps 1 --warmup 1 --batch 4 --workers 1 "
                    "--validate-items 5 --queries-mix plain --model.name fast --model.width 16 "
                    "--model.heads 2 --model.feed-forward 32 --model.layers 1"),
            0)
      << said();
  EXPECT_EQ(program("convert --run run --library set --out known"), kWrongUse);
  EXPECT_THAT(said(), HasSubstr("the executor alone has vectors of rules"));
}

}  // namespace
}  // namespace recombine
