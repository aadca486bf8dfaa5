// What a person sees on a terminal alone.

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <thread>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/data/temporary_folder.h"
#include "tests/tools/program.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A terminal that nobody sits at.
class Terminal : public testing::Test {
 protected:
  void SetUp() override {
    master_ = ::posix_openpt(O_RDWR | O_NOCTTY);
    if (master_ < 0 || ::grantpt(master_) != 0 || ::unlockpt(master_) != 0) {
      GTEST_SKIP() << "there are no terminals";
    }
    ASSERT_EQ(
        recombine({"generate", "grids", "--episodes", "2", "--out", path("all"), "--quiet"}).code,
        kDone);
  }
  void TearDown() override {
    if (master_ >= 0) ::close(master_);
    ::unsetenv("NO_COLOR");
    ::unsetenv("COLUMNS");
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }

  /// What the program writes to `stream`, which is the terminal.
  std::string seen(int stream, std::vector<std::string> words) const {
    std::string text;
    const int terminal = ::open(::ptsname(master_), O_RDWR | O_NOCTTY);
    if (terminal < 0) {
      ADD_FAILURE() << "no terminal can be opened";
      return text;
    }
    // The terminal holds some thousand bytes; who writes more waits for a reader.
    std::thread reader([&] {
      for (char byte = 0; ::read(master_, &byte, 1) == 1;) text += byte;
    });
    const int before = ::dup(stream);
    words.insert(words.begin(), "recombine");
    std::vector<char*> pointers;
    pointers.reserve(words.size());
    for (std::string& word : words) pointers.push_back(word.data());
    std::cout.flush();
    ::dup2(terminal, stream);
    const int code = run_program(static_cast<int>(pointers.size()), pointers.data(), plain_verbs());
    std::cout.flush();
    ::dup2(before, stream);
    ::close(before);
    ::close(terminal);
    reader.join();  // reading ends where nobody has the terminal open
    EXPECT_EQ(code, kDone) << text;
    return text;
  }

 private:
  int master_ = -1;
  TemporaryFolder folder_;
};

TEST_F(Terminal, ShowsColoursButWhereNoColorIsSet) {
  ::unsetenv("NO_COLOR");
  ::setenv("TERM", "xterm", 1);
  EXPECT_THAT(seen(STDOUT_FILENO, {"view", path("all"), "--item", "0"}), HasSubstr("\x1b["));
  ::setenv("NO_COLOR", "1", 1);
  const std::string plain = seen(STDOUT_FILENO, {"view", path("all"), "--item", "0"});
  EXPECT_THAT(plain, HasSubstr("queries"));
  EXPECT_THAT(plain, Not(HasSubstr("\x1b")));
}

TEST_F(Terminal, IsFitted) {
  ::setenv("NO_COLOR", "1", 1);
  const auto longest = [&](const char* columns, const std::vector<std::string>& words) {
    ::setenv("COLUMNS", columns, 1);
    std::istringstream lines(seen(STDOUT_FILENO, words));
    std::size_t most = 0;
    for (std::string line; std::getline(lines, line);)
      most = std::max(most, line.find_last_not_of("\r\n") + 1);
    return most;
  };
  const std::vector<std::string> view = {"view", path("all"), "--item", "0"};
  const std::size_t narrow = longest("40", view);
  EXPECT_LE(narrow, 40U);
  EXPECT_GT(longest("220", view), narrow) << "more sections side by side";
  EXPECT_LE(longest("220", view), 220U);
  const std::vector<std::string> stats = {"stats", path("all"), "--quiet"};
  EXPECT_LE(longest("70", stats), 70U);
  EXPECT_GT(longest("220", stats), 70U) << "the table of ambiguity, in one piece";
}

TEST_F(Terminal, ShowsABarUnlessItIsToBeQuiet) {
  const std::string bar = seen(STDERR_FILENO, {"stats", path("all")});
  EXPECT_THAT(bar, HasSubstr("\r\x1b[K"));
  EXPECT_THAT(bar, HasSubstr("[" + std::string(24, '#') + "] 2/2 items"));
  EXPECT_EQ(seen(STDERR_FILENO, {"stats", path("all"), "--quiet"}), "");
}

}  // namespace
}  // namespace recombine
