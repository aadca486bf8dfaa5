// Verbs that go through a set front to back, in less memory than the set's text would take: the
// address space is capped (RLIMIT_AS), and the set is several times as large as what is left.

#include <cstdlib>

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

/// What the program takes before it has read anything, and for a set of a few items.
constexpr int kCap = 400;

}  // namespace
}  // namespace recombine
