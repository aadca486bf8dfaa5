#include "models/device/device.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"

namespace recombine {
namespace {

TEST(SelectDevice, TakesTheCpuByName) { EXPECT_TRUE(select_device("cpu").is_cpu()); }

TEST(SelectDevice, RefusesAnUnknownName) {
  EXPECT_THAT([] { select_device("tpu"); },
              testing::ThrowsMessage<InputError>(testing::HasSubstr("must be cpu, cuda or auto")));
}

TEST(SelectDevice, SaysInOneLineWhyThereIsNoGpu) {
  if (select_device("auto").is_cuda()) GTEST_SKIP() << "a GPU works here";
  EXPECT_THAT([] { select_device("cuda"); },
              testing::ThrowsMessage<InputError>(testing::AllOf(
                  testing::StartsWith("--device cuda: "), testing::EndsWith("; use --device cpu"),
                  testing::Not(testing::HasSubstr("\n")))));
}

TEST(StepRunner, RunsEveryStep) {
  const auto runner = make_step_runner(torch::kCPU);
  int steps = 0;
  for (int i = 0; i < 5; ++i) runner->run([&] { ++steps; });
  EXPECT_EQ(steps, 5);
}

}  // namespace
}  // namespace recombine
