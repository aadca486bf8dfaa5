#include "models/device/processor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace recombine {
namespace {

TEST(Processor, NamesTheInstructionSet) {
  EXPECT_THAT(processor_text(), testing::ContainsRegex("(AVX512|AVX2|DEFAULT|NEON|NO AVX)"));
}

TEST(Processor, NamesTheReleaseOfLibTorch) {
  EXPECT_THAT(libtorch_text(), testing::ContainsRegex("^[0-9]+[.][0-9]+[.][0-9]+"));
}

}  // namespace
}  // namespace recombine
