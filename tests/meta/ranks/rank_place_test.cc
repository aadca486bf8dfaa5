#include "meta/ranks/rank_place.h"

#include <map>

#include <gtest/gtest.h>

#include "data/error.h"
#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using Variables = std::map<std::string, std::string>;

RankPlace place_by(const Variables& variables) {
  return rank_place([&](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

std::string complaint_about(const Variables& variables) {
  return message_of<InputError>([&] { place_by(variables); });
}

const Variables kTorchrun = {{"RANK", "3"},
                             {"WORLD_SIZE", "4"},
                             {"LOCAL_RANK", "1"},
                             {"MASTER_ADDR", "node7"},
                             {"MASTER_PORT", "29500"}};

Variables without(Variables variables, const std::string& name) {
  variables.erase(name);
  return variables;
}

Variables with_variable(Variables variables, const std::string& name, const std::string& value) {
  variables[name] = value;
  return variables;
}

TEST(RankPlace, IsAloneWhereNothingSaysOtherwise) {
  EXPECT_EQ(place_by({}), RankPlace{});
  EXPECT_EQ(place_by({{"WORLD_SIZE", "1"}, {"RANK", "0"}}), RankPlace{});
}

TEST(RankPlace, IsThatOfTorchrun) {
  EXPECT_EQ(place_by(kTorchrun), (RankPlace{3, 4, 1, "node7", 29500, false, "0"}));
  Variables elastic = with_variable(kTorchrun, "TORCHELASTIC_USE_AGENT_STORE", "True");
  elastic["TORCHELASTIC_RESTART_COUNT"] = "2";
  EXPECT_EQ(place_by(elastic), (RankPlace{3, 4, 1, "node7", 29500, true, "2"}));
}

TEST(RankPlace, NamesTheVariableThatIsMissingOrWrong) {
  for (const char* name : {"RANK", "MASTER_ADDR", "MASTER_PORT"})
    EXPECT_EQ(complaint_about(without(kTorchrun, name)).find(name), 0U) << name;
  EXPECT_EQ(complaint_about(with_variable(kTorchrun, "RANK", "4")),
            "RANK=4: must be below WORLD_SIZE=4");
  EXPECT_EQ(complaint_about(with_variable(kTorchrun, "WORLD_SIZE", "two")),
            "WORLD_SIZE=two: must be a number from 0");
  EXPECT_EQ(complaint_about(with_variable(kTorchrun, "MASTER_PORT", "0")).find("MASTER_PORT=0"),
            0U);
}

const Variables kSlurm = {{"SLURM_JOB_ID", "7"},
                          {"SLURM_PROCID", "5"},
                          {"SLURM_NTASKS", "8"},
                          {"SLURM_LOCALID", "1"},
                          {"SLURM_JOB_NODELIST", "gpu[03-06]"},
                          {"SLURM_STEP_NUM_TASKS", "8"}};

TEST(RankPlace, IsThatOfATaskOfSlurm) {
  EXPECT_EQ(place_by(kSlurm), (RankPlace{5, 8, 1, "gpu03", 12007, false, "0"}));
  Variables named = with_variable(kSlurm, "MASTER_ADDR", "10.0.0.1");
  named["MASTER_PORT"] = "4000";
  EXPECT_EQ(place_by(named), (RankPlace{5, 8, 1, "10.0.0.1", 4000, false, "0"}));
}

TEST(RankPlace, OfABatchScriptIsAlone) {
  Variables script = without(kSlurm, "SLURM_STEP_NUM_TASKS");
  script["SLURM_PROCID"] = "0";
  EXPECT_EQ(place_by(script), RankPlace{});
}

TEST(RankPlace, OfTorchrunUnderSlurmIsThatOfTorchrun) {
  Variables both = kTorchrun;
  both.insert(kSlurm.begin(), kSlurm.end());
  EXPECT_EQ(place_by(both).count, 4);
}

TEST(RankPlace, ReadsTheFirstNodeOfAList) {
  EXPECT_EQ(first_node("node7"), "node7");
  EXPECT_EQ(first_node("node7,node8"), "node7");
  EXPECT_EQ(first_node("node[07-09,12],login"), "node07");
  EXPECT_EQ(first_node("a[3,5]-ib,b"), "a3-ib");
}

}  // namespace
}  // namespace recombine
