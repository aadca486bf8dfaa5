#include "tools/libtorch.h"

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

/// A user's cache folder, and LibTorch nowhere else.
class Libtorch : public testing::Test {
 protected:
  void SetUp() override {
    ::unsetenv("RECOMBINE_TORCH_ROOT");
    ::setenv("XDG_CACHE_HOME", cache_.path().c_str(), 1);
  }
  void TearDown() override {
    ::unsetenv("RECOMBINE_TORCH_ROOT");
    ::unsetenv("XDG_CACHE_HOME");
  }

  static fs::path planted(const fs::path& torch) {
    fs::create_directories(torch / "lib");
    write_file(torch / "lib/libtorch_cpu.so", "");
    return torch;
  }

  TemporaryFolder cache_;
};

TEST_F(Libtorch, IsNowhereOnABareMachine) { EXPECT_EQ(find_libtorch(), fs::path()); }

TEST_F(Libtorch, IsFoundWhereTheScriptPutsIt) {
  const auto torch =
      planted(cache_ / "recombine/libtorch-2.11.0/lib/python3.11/site-packages/torch");
  EXPECT_EQ(find_libtorch(), torch);
}

TEST_F(Libtorch, IsWhatTheUserNames) {
  planted(cache_ / "recombine/libtorch-2.11.0/lib/python3.11/site-packages/torch");
  const auto own = planted(cache_ / "own");
  ::setenv("RECOMBINE_TORCH_ROOT", own.c_str(), 1);
  EXPECT_EQ(find_libtorch(), own);
}

TEST_F(Libtorch, IsNotReplacedWhereTheUserNamesAFolderWithout) {
  planted(cache_ / "recombine/libtorch-2.11.0/lib/python3.11/site-packages/torch");
  ::setenv("RECOMBINE_TORCH_ROOT", (cache_ / "own").c_str(), 1);
  EXPECT_EQ(find_libtorch(), fs::path());
}

TEST(LibtorchVersion, IsThatOfTheScript) {
  const std::string script = read_file(source_folder() + "/tools/get-libtorch");
  EXPECT_THAT(script, testing::HasSubstr(std::string("\nversion=") + kLibtorchVersion + "\n"));
}

}  // namespace
}  // namespace recombine
