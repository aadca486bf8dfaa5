#include "generator/writer/taken_keys.h"

#include <gtest/gtest.h>

#include "data/error.h"
#include "tests/data/temporary_folder.h"
#include "tests/generator/grids/search/few_keys.h"

namespace recombine {
namespace {

TEST(TakenKeys, TakesEachKeyOnce) {
  for (const std::uint64_t expected : {0U, 5000U}) {
    TakenKeys taken(expected);
    for (int i = 0; i < 5000; ++i) {
      const std::string key = "key " + std::to_string(i);
      ASSERT_FALSE(taken.has(key));
      ASSERT_TRUE(taken.take(key));
      ASSERT_FALSE(taken.take(key));
    }
    for (int i = 0; i < 5000; ++i) ASSERT_TRUE(taken.has("key " + std::to_string(i)));
  }
}

TEST(TakenKeys, NeverTakesAnEmptyKey) {
  TakenKeys taken;
  EXPECT_TRUE(taken.take(""));
  EXPECT_TRUE(taken.take(""));
  EXPECT_FALSE(taken.has(""));
}

TEST(SkipTaken, GivesTheFirstAttemptThatIsFree) {
  FewKeys source;
  TakenKeys taken;
  for (int attempt = 0; attempt < 3; ++attempt) taken.take(source.make(9, attempt).key);
  Candidate found{source.make(9, 0), 0};
  skip_taken(source, taken, {&found, 1}, 9);
  EXPECT_EQ(found.attempt, 3);
  EXPECT_EQ(found.item.record, source.make(9, 3).record);
}

TEST(SkipTaken, EndsWhereAllKeysAreTaken) {
  FewKeys source;
  TakenKeys taken;
  for (int key = 0; key < 701; ++key) taken.take(std::to_string(key));
  Candidate candidate{source.make(9, 0), 0};
  EXPECT_THROW(skip_taken(source, taken, {&candidate, 1}, 9), InputError);
}

}  // namespace
}  // namespace recombine
