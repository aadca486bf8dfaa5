// Verbs that go through a set front to back, in less memory than the set's text would take: the
// address space is capped (RLIMIT_AS), and the set is several times as large as what is left.

#include <cstdlib>
#include <functional>

#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

class LittleMemory : public testing::Test {
 protected:
  void SetUp() override {
#ifdef RECOMBINE_SANITIZED
    GTEST_SKIP() << "sanitizers reserve terabytes of addresses";
#endif
  }

  /// The code of the program; with a cap, of so many MiB of addresses.
  int run(const std::string& words, int mebibytes = 0) const {
    const fs::path program = fs::path(build_folder()) / "bin/recombine";
    const std::string cap = mebibytes == 0 ? "" : cat("ulimit -v ", mebibytes * 1024, " && ");
    // Each thread of the C library's malloc reserves 64 MiB, which are not used.
    const std::string line = cat(cap, "cd '", folder_.path().string(), "' && MALLOC_ARENA_MAX=1 '",
                                 program.string(), "' ", words, " --quiet >out 2>&1");
    return std::system(line.c_str()) >> 8U;
  }

  std::string said() const { return read_file(folder_ / "out"); }

  TemporaryFolder folder_;
};

/// A cap under which the program starts, in MiB: its libraries alone take most of it.
int smallest_cap(const std::function<int(int)>& code_under) {
  int cap = 100;
  while (cap < 2000 && code_under(cap) != 0) cap += 25;
  return cap;
}

TEST_F(LittleMemory, IsEnoughForASetOfAnyLength) {
  constexpr int kWork = 60;  // of which readers and writers take some buffers of a MiB
  const int cap = smallest_cap([&](int mebibytes) { return run("list", mebibytes); }) + kWork;
  ASSERT_EQ(run("generate facts --entities 2000 --relations 200 --degree 20 --out w"), 0);
  for (const char* words : {
           "export w/train --format jsonl --out x.jsonl",
           "import --format jsonl --in x.jsonl --out set",
           "stats w/train",
           "verify w/train",
           "baseline lookup --data w/train --out p.jsonl",
       }) {
    EXPECT_EQ(run(words, cap), 0) << words << " under " << cap << " MiB: " << said();
  }
  // The test can fail: the text alone would not have fitted.
  EXPECT_GT(fs::file_size(folder_ / "x.jsonl"), std::uintmax_t{kWork} << 20U);
}

}  // namespace
}  // namespace recombine
