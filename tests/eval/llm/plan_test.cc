// Which requests of two exports have the same names.

#include "eval/llm/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eval/llm/prompts/export.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"
#include "tests/eval/handmade_facts.h"

namespace recombine {
namespace {

class RequestNames : public testing::Test {
 protected:
  PromptPlan exported(std::uint64_t seed) const {
    PromptJob job;
    job.data = folder_ / "test_ood";
    job.out = folder_ / "p";
    job.force = true;
    job.config.provider = "openai";
    job.config.model = "m";
    job.config.seed = seed;
    export_prompts(job);
    return read_plan(job.out);
  }

  TemporaryFolder folder_;
};

TEST_F(RequestNames, DifferWhereASeedTellsOtherFacts) {
  write_training_facts(folder_ / "train");
  write_composed_facts(folder_ / "test_ood", FactType::kTestOod, {2, 3}, 4);
  const PromptPlan zero = exported(0);
  const PromptPlan one = exported(1);
  ASSERT_EQ(zero.requests.size(), 4U);
  ASSERT_EQ(one.requests.size(), 4U);
  for (std::size_t i = 0; i < zero.requests.size(); ++i) {
    EXPECT_EQ(zero.requests[i].item, one.requests[i].item);
    EXPECT_NE(zero.requests[i].id, one.requests[i].id);
  }
  EXPECT_NE(zero.options, one.options);
  EXPECT_EQ(exported(1), one);
}

TEST_F(RequestNames, StayWhereASeedChangesNoQuestion) {
  write_set(folder_ / "test_ood", {handmade_episode("a", 2), handmade_episode("b", 2)});
  EXPECT_EQ(exported(0), exported(1));
}

// What was imported as questions alone has no answers to show, and none to grade by.
TEST(Prompts, AskNothingThatTheSetDoesNotAnswer) {
  const TemporaryFolder folder;
  SetWriter writer(folder / "set", "grids");
  writer.add(encode_episode(handmade_episode("a", 4)));
  writer.finish({{"family", "grids"}, {"import", {{"format", "arc"}, {"answers", false}}}});
  PromptJob job;
  job.data = folder / "set";
  job.out = folder / "p";
  job.config.model = "m";
  const auto refusal = [&](const char* provider, int shots) {
    job.force = true;
    job.config.provider = provider;
    job.config.shots = shots;
    return message_of<DataError>([&] { export_prompts(job); });
  };
  EXPECT_EQ(refusal("openai", 0), "nothing thrown");
  EXPECT_THAT(refusal("openai", 2), testing::HasSubstr("holds questions alone"));
  EXPECT_THAT(refusal("lm-eval", 0), testing::HasSubstr("holds questions alone"));
  EXPECT_THAT(refusal("inspect", 0), testing::HasSubstr("holds questions alone"));
}

}  // namespace
}  // namespace recombine
