#include "eval/scoring/calibration.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "eval/report/calibration.h"

namespace recombine {
namespace {

using testing::HasSubstr;

/// Four answers of probability .9 of which three are right, two of .25 of which none is.
Calibration six_answers() {
  CalibrationCount count;
  for (int i = 0; i < 4; ++i) count.add(std::log(0.9), i > 0);
  for (int i = 0; i < 2; ++i) count.add(std::log(0.25), false);
  return count.result().value();
}

TEST(Calibration, IsTheMeanDistanceOfProbabilityAndShare) {
  const Calibration calibration = six_answers();
  ASSERT_EQ(calibration.bins.size(), 2U);
  EXPECT_NEAR(calibration.bins[0].probability, 0.25, 1e-12);
  EXPECT_EQ(calibration.bins[0].exact, 0);
  EXPECT_EQ(calibration.bins[1].answers, 4U);
  EXPECT_EQ(calibration.bins[1].exact, 0.75);
  EXPECT_NEAR(calibration.error, (4 * 0.15 + 2 * 0.25) / 6, 1e-12);
}

TEST(Calibration, HasNoErrorWhereAllIsCertainAndRight) {
  CalibrationCount count;
  EXPECT_FALSE(count.result());
  count.add(0, true);
  count.add(1e-7, true);
  EXPECT_EQ(count.result()->error, 0) << "rounding above 1 counts as 1";
  EXPECT_EQ(count.result()->bins.size(), 1U);
}

TEST(Calibration, ComesBackFromItsReport) {
  const Calibration calibration = six_answers();
  EXPECT_EQ(calibration_of(to_json(calibration)), calibration);
  EXPECT_EQ(calibration_table("t", calibration).rows.size(), 2U);
}

}  // namespace
}  // namespace recombine
