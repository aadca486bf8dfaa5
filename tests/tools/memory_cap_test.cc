#include "tools/memory_cap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

using Words = std::vector<std::string>;

TEST(MemorySize, IsBytesOrSoManyOfAUnit) {
  EXPECT_EQ(memory_size("4096"), 4096U);
  EXPECT_EQ(memory_size("3K"), 3U << 10U);
  EXPECT_EQ(memory_size("512M"), 512U << 20U);
  EXPECT_EQ(memory_size("2G"), 2ULL << 30U);
  EXPECT_EQ(memory_size("2g"), 2ULL << 30U);
  for (const char* wrong : {"", "0", "M", "-1", "1.5G", "2T", "5 M", "99999999999999G"})
    EXPECT_THROW(memory_size(wrong), InputError) << wrong;
}

class MemoryCap : public testing::Test {
 protected:
  void SetUp() override {
#ifdef RECOMBINE_SANITIZED
    GTEST_SKIP() << "sanitizers take memory of their own";
#endif
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  static Outcome run(Words words, const std::string& cap) {
    words.insert(words.end(), {"--memory", cap, "--quiet"});
    return recombine(words);
  }
  Words generated(const std::string& out) const {
    return {"generate", "facts",    "--entities", "2000",  "--relations",
            "200",      "--degree", "20",         "--out", path(out)};
  }

  TemporaryFolder folder_;
};

TEST_F(MemoryCap, LetsAStreamingVerbDoItsWorkInLess) {
  ASSERT_EQ(run(generated("w"), "2G").code, kDone);
  const Outcome exported =
      run({"export", path("w/train"), "--format", "jsonl", "--out", path("x.jsonl")}, "64M");
  EXPECT_EQ(exported.code, kDone) << exported.error;
  EXPECT_GT(std::filesystem::file_size(path("x.jsonl")), 64U << 20U) << "more than it may hold";
}

/// Whatever takes the memory, a library that unpacks a file among them: never damaged data, nor a
/// crash.
TEST_F(MemoryCap, EndsWithOneLineWhereItDoesNotDo) {
  ASSERT_EQ(run(generated("w"), "2G").code, kDone);
  ASSERT_EQ(run({"generate", "grids", "--episodes", "300", "--out", path("grids")}, "2G").code,
            kDone);
  int refused = 0;
  for (const Words& words : {
           Words{"export", path("w/train"), "--format", "jsonl", "--out", path("x.jsonl.gz")},
           Words{"stats", path("w/train")},
           Words{"verify", path("w/train")},
           Words{"baseline", "lookup", "--data", path("w/train"), "--out", path("p.jsonl")},
           Words{"baseline", "oracle", "--data", path("grids"), "--out", path("q.jsonl")},
           Words{"split", "--data", path("grids"), "--out", path("split")},
           Words{"view", path("grids"), "--out", path("page.html")},
       }) {
    for (const char* cap : {"1M", "2M", "3M", "4M", "6M", "9M", "14M", "20M"}) {
      const Outcome outcome = run(words, cap);
      if (outcome.code == kDone) break;
      ++refused;
      EXPECT_EQ(outcome.code, kBadData) << words[0] << " under " << cap << ": " << outcome.error;
      EXPECT_THAT(outcome.error,
                  testing::StartsWith(cat("recombine ", words[0], ": out of memory")))
          << cap;
    }
  }
  EXPECT_GT(refused, 7) << "or nothing was tried";
  EXPECT_EQ(run(generated("v"), "much").code, kWrongUse);
}

}  // namespace
}  // namespace recombine
