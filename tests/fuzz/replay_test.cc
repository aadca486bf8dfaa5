// Every parser over its corpus and some hundreds of mutations of it: the same in every build, where
// the fuzzer (tools/fuzz) needs clang and time. No text, however it is damaged, may crash a reader,
// hold it up or make it take memory.

#include <algorithm>
#include <chrono>
#include <fstream>

#include <gtest/gtest.h>

#include "data/storage/hash.h"
#include "tests/fuzz/allocations.h"
#include "tests/fuzz/mutate.h"
#include "tests/fuzz/target.h"

namespace recombine {

// GoogleTest looks for this name.  NOLINTNEXTLINE(readability-identifier-naming)
void PrintTo(const FuzzTarget& target, std::ostream* out) { *out << target.name; }

namespace {

constexpr std::uint64_t kMutations = 400;  ///< of a target, spread over its corpus
constexpr std::uint64_t kFewestOfASeed = 20;
constexpr std::uint64_t kMostTimes = 10;  ///< bytes that may be held for each that is read
constexpr std::uint64_t kFixedBytes = std::uint64_t{32} << 20U;  ///< buffers, whatever is read
constexpr std::chrono::seconds kMostTime{10};

class EveryParser : public testing::TestWithParam<FuzzTarget> {
 protected:
  /// Runs the target; what is wrong is told with a file that shows it.
  void check(const std::string& bytes) {
    const AllocationWatch watch;
    const auto begin = std::chrono::steady_clock::now();
    std::string fault;
    try {
      run_fuzz_target(GetParam(), bytes);
    } catch (const std::exception& error) {
      fault = error.what();
    }
    const auto spent = std::chrono::steady_clock::now() - begin;
    if (spent > kMostTime) fault = "takes too long";
    if (watch.most() > kMostTimes * bytes.size() + kFixedBytes)
      fault = "takes " + std::to_string(watch.most()) + " bytes of memory";
    if (!fault.empty()) tell(bytes, fault);
  }

 private:
  void tell(const std::string& bytes, const std::string& fault) {
    const std::string file =
        testing::TempDir() + "finding-" + GetParam().name + "-" + hex(xxh3(bytes));
    std::ofstream(file, std::ios::binary) << bytes;
    ADD_FAILURE() << GetParam().name << ": " << fault << "; the bytes are in " << file
                  << ", which belongs into tests/fuzz/corpus/" << GetParam().name;
  }
};

TEST_P(EveryParser, ReadsOrRefuses) {
  const std::vector<std::string> corpus = corpus_of(GetParam());
  ASSERT_FALSE(corpus.empty());
  const std::uint64_t each = std::max(kFewestOfASeed, kMutations / corpus.size());
  check("");
  for (const std::string& seed : corpus) {
    check(seed);
    for (std::uint64_t number = 0; number < each && !HasFailure(); ++number)
      check(mutated(seed, corpus, number));
  }
}

std::string name_of_target(const testing::TestParamInfo<FuzzTarget>& target) {
  std::string name = target.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Replay, EveryParser, testing::ValuesIn(fuzz_targets()), name_of_target);

TEST(Mutations, AreTheSameEveryTimeAndChangeTheSeed) {
  const std::string seed = R"({"count": 12, "file": "shard"})";
  const std::vector<std::string> others = {"[0, 1]"};
  std::uint64_t changed = 0;
  for (std::uint64_t number = 0; number < 100; ++number) {
    EXPECT_EQ(mutated(seed, others, number), mutated(seed, others, number));
    changed += mutated(seed, others, number) != seed ? 1 : 0;
  }
  EXPECT_GT(changed, 90U);
}

/// A reader that is wrong in each of the three ways is found out: the test can fail.
TEST(AllocationWatch, SeesWhatIsHeldAtOneTime) {
  if (!counts_allocations()) GTEST_SKIP() << "sanitizers have an operator new of their own";
  const AllocationWatch watch;
  for (int i = 0; i < 4; ++i) std::vector<char>(std::size_t{1} << 20U).back() = 'a';
  EXPECT_GE(watch.most(), std::uint64_t{1} << 20U);
  EXPECT_LT(watch.most(), std::uint64_t{2} << 20U);
}

}  // namespace
}  // namespace recombine
