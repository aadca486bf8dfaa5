#include "generator/facts/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/data/temporary_folder.h"

namespace recombine {
namespace {

using testing::HasSubstr;

/// What validate() says of a config with these options.
std::string error_of(const std::vector<std::pair<std::string, std::string>>& options) {
  FactConfig config;
  for (const auto& [name, value] : options) EXPECT_TRUE(assign(config, name, value)) << name;
  return message_of<InputError>([&] { config.validate(); });
}

TEST(FactConfig, HasThePublishedDefaults) {
  const FactConfig config;
  EXPECT_NO_THROW(config.validate());
  EXPECT_EQ(config.vocabulary(), (FactVocabulary{"composition", 2000, 200, 0}));
}

TEST(FactConfig, NamesTheOptionAtFault) {
  EXPECT_THAT(error_of({{"task", "poetry"}}), HasSubstr("--task poetry"));
  EXPECT_THAT(error_of({{"entities", "1"}}), HasSubstr("--entities 1"));
  EXPECT_THAT(error_of({{"relations", "0"}}), HasSubstr("--relations 0"));
  EXPECT_THAT(error_of({{"degree", "0"}}), HasSubstr("--degree 0"));
  EXPECT_THAT(error_of({{"degree", "201"}}),
              HasSubstr("--degree 201: must be at most --relations"));
  EXPECT_THAT(error_of({{"lambda", "-1"}}), HasSubstr("--lambda -1"));
  EXPECT_THAT(error_of({{"lambda", "nan"}}), HasSubstr("--lambda"));
  EXPECT_THAT(error_of({{"noise", "1.5"}, {"noise-hop", "both"}}), HasSubstr("--noise 1.5"));
  EXPECT_THAT(error_of({{"noise", "0.1"}}), HasSubstr("--noise-hop"));
  EXPECT_THAT(error_of({{"noise-hop", "third"}}), HasSubstr("--noise-hop third"));
  EXPECT_THAT(error_of({{"noise-mode", "dirty"}}), HasSubstr("--noise-mode dirty"));
  EXPECT_THAT(error_of({{"noise", "0.1"}, {"noise-hop", "first"}, {"cot", "off"}}),
              HasSubstr("--cot"));
  EXPECT_THAT(error_of({{"hops", "4"}}), HasSubstr("--hops 4"));
  EXPECT_THAT(error_of({{"train-three-hop", "9"}}), HasSubstr("--train-three-hop 9"));
  EXPECT_THAT(error_of({{"ood-fraction", "1"}}), HasSubstr("--ood-fraction 1"));
  EXPECT_THAT(error_of({{"test-fraction", "-0.5"}}), HasSubstr("--test-fraction -0.5"));
  EXPECT_THAT(error_of({{"probe-items", "0"}}), HasSubstr("--probe-items 0"));
  EXPECT_THAT(error_of({{"entities", "2000000"}, {"hops", "3"}}), HasSubstr("--entities 2000000"));
}

TEST(FactConfig, RefusesMoreTokensThanHaveANumber) {
  EXPECT_THAT(error_of({{"relations", "2147483647"}}),
              HasSubstr("--relations 2147483647: give 2147485648 tokens"));
  EXPECT_EQ(error_of({{"relations", "2147481646"}}), "nothing thrown");
  EXPECT_THAT(error_of({{"relations", "2147481647"}}), HasSubstr("give 2147483648 tokens"));
  EXPECT_THAT(error_of({{"task", "comparison"}, {"values", "2147483647"}}),
              HasSubstr("--values 2147483647: give"));
}

TEST(FactConfig, RefusesOptionsThatATaskHasNot) {
  EXPECT_THAT(error_of({{"task", "comparison"}, {"noise", "0.1"}}), HasSubstr("--noise 0.1"));
  EXPECT_THAT(error_of({{"task", "comparison"}, {"hops", "3"}}), HasSubstr("--hops 3"));
  EXPECT_THAT(error_of({{"task", "comparison"}, {"permutations", "on"}}),
              HasSubstr("--permutations"));
  EXPECT_THAT(error_of({{"task", "complex"}, {"lambda", "3.6"}}), HasSubstr("--sample-fraction"));
  EXPECT_THAT(error_of({{"task", "comparison"}, {"values", "0"}}), HasSubstr("--values 0"));
  EXPECT_THAT(error_of({{"sample-fraction", "2"}}), HasSubstr("--sample-fraction 2"));
}

}  // namespace
}  // namespace recombine
