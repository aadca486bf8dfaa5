#include "meta/config.h"

#include <limits>

#include <gtest/gtest.h>

#include "data/error.h"
#include "meta/run/schedule.h"

namespace recombine {
namespace {

/// What validate() says after the field `name` was set to `text`; "" where it is content.
std::string complaint(const std::string& name, const std::string& text) {
  TrainConfig config;
  EXPECT_TRUE(assign(config, name, text)) << name;
  try {
    config.validate();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(TrainConfig, AcceptsItsDefaultsAndKnownChoices) {
  EXPECT_NO_THROW(TrainConfig{}.validate());
  EXPECT_EQ(complaint("queries-mix", "aux,copy"), "");
  EXPECT_EQ(complaint("episodes", "fresh"), "");
  EXPECT_EQ(complaint("best-by", "val_ood"), "");
}

TEST(TrainConfig, NamesTheOptionAtFaultAndTheNearestChoice) {
  EXPECT_EQ(complaint("optimizer", "muno"),
            "--optimizer muno: must be adamw or muon; did you mean muon?");
  EXPECT_EQ(complaint("queries-mix", "plain,axu"),
            "--queries-mix axu: must be plain, aux or copy; did you mean aux?");
  EXPECT_EQ(complaint("learner", "fersh"),
            "--episodes fersh: must be auto, stored or fresh; did you mean fresh?");
  EXPECT_NE(complaint("queries-mix", "aux,aux").find("named twice"), std::string::npos);
  EXPECT_EQ(complaint("steps", "0").find("--steps 0"), 0U);
  EXPECT_EQ(complaint("batch", "0").find("--batch 0"), 0U);
  EXPECT_EQ(complaint("workers", "17").find("--workers 17: must be at most --batch 16"), 0U);
  EXPECT_EQ(complaint("lr", "-1").find("--lr"), 0U);
  EXPECT_EQ(complaint("noise", "1.5").find("--noise"), 0U);
  EXPECT_EQ(complaint("beta2", "1").find("--beta2"), 0U);
  EXPECT_EQ(complaint("log-every", "0").find("--log-every"), 0U);
}

TEST(TrainConfig, RefusesWhatIsNoFiniteNumber) {
  using Limits = std::numeric_limits<double>;
  for (double TrainConfig::*field :
       {&TrainConfig::noise, &TrainConfig::lr, &TrainConfig::muon_lr, &TrainConfig::beta1,
        &TrainConfig::beta2, &TrainConfig::eps, &TrainConfig::weight_decay,
        &TrainConfig::warmup_part, &TrainConfig::clip, &TrainConfig::final_lr}) {
    for (const double value : {Limits::infinity(), -Limits::infinity(), Limits::quiet_NaN()}) {
      TrainConfig config;
      config.*field = value;
      EXPECT_THROW(config.validate(), InputError) << value;
    }
  }
}

TEST(TrainConfig, HasOtherPrecisionsOnAGpuAlone) {
  EXPECT_EQ(complaint("precision", "bf16").find("--precision bf16: needs --device cuda"), 0U);
  TrainConfig config;
  config.device = "cuda";
  config.precision = "bf16";
  EXPECT_NO_THROW(config.validate());
  config.workers = 2;
  EXPECT_THROW(config.validate(), InputError);
}

TEST(LearningRate, RisesFromTheFirstStepAndFallsToItsFinalPart) {
  TrainConfig config;
  config.steps = 101;
  config.warmup = 20;
  config.final_lr = 0.1;
  EXPECT_DOUBLE_EQ(learning_rate_scale(config, 0), 0.05);
  EXPECT_DOUBLE_EQ(learning_rate_scale(config, 9), 0.5);
  EXPECT_DOUBLE_EQ(learning_rate_scale(config, 19), 1.0);
  EXPECT_DOUBLE_EQ(learning_rate_scale(config, 20), 1.0);
  EXPECT_DOUBLE_EQ(learning_rate_scale(config, 60), 0.55);
  EXPECT_DOUBLE_EQ(learning_rate_scale(config, 100), 0.1);
}

TEST(LearningRate, IsPositiveInRunsOfAnyLength) {
  for (const std::uint64_t steps : {1, 2, 60, 61, 1000}) {
    TrainConfig config;
    config.steps = steps;
    for (std::uint64_t step = 0; step < steps; ++step) {
      EXPECT_GT(learning_rate_scale(config, step), 0) << steps << " " << step;
      EXPECT_LE(learning_rate_scale(config, step), 1) << steps << " " << step;
    }
  }
}

}  // namespace
}  // namespace recombine
