// What the program asks of the system, by strace: files and memory, and neither network nor another
// program, whatever the verb.

#include <cstdlib>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/storage/file.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;

class SystemUse : public testing::Test {
 protected:
  void SetUp() override {
    if (shell("strace -qq -o /dev/null true") != 0)
      GTEST_SKIP() << "no strace here, or not allowed";
  }

  int shell(const std::string& line) const {
    const std::string whole = "cd '" + folder_.path().string() + "' && (" + line + ") >out 2>&1";
    return std::system(whole.c_str());
  }

  /// The program's calls for other programs and for connections, a line each.
  std::string calls_of(const std::string& words) const {
    const fs::path program = fs::path(build_folder()) / "bin/recombine";
    // The leak checker of a build with sanitizers cannot work where another watches.
    const std::string line =
        "ASAN_OPTIONS=detect_leaks=0 strace -f -qq -e trace=%network,execve,execveat,fork,vfork "
        "-o calls '" +
        program.string() + "' " + words;
    EXPECT_EQ(shell(line), 0) << words << "\n" << read_file(folder_ / "out");
    std::istringstream lines(read_file(folder_ / "calls"));
    std::string calls;
    for (std::string call; std::getline(lines, call);) {
      const bool itself = call.find("execve(\"" + program.string()) != std::string::npos;
      // Of a call without a name: a thread that ended with the program before it made one.
      const bool event = call.find("+++") != std::string::npos ||
                         call.find("---") != std::string::npos ||
                         call.find(R"( ???( <detached ...>)") != std::string::npos;
      if (!itself && !event) calls += call + "\n";
    }
    return calls;
  }

  TemporaryFolder folder_;
};

TEST_F(SystemUse, IsNeitherNetworkNorAnotherProgram) {
  for (const char* words : {
           "generate grids --episodes 40 --study 2 --queries 2 --side 6 --max-shape-size 3 --out g",
           "generate facts --entities 30 --relations 6 --degree 4 --lambda 2 --out w",
           "verify g",
           "verify w",
           "stats g",
           "view g --item 0",
           "export g --format carc --out g.jsonl",
           "import --in g.jsonl --format carc --out i",
           "baseline copy-input --data g --out p.jsonl",
           "evaluate --data g --predictions p.jsonl --out r.json --html r.html",
           "leaderboard r.json --out l.md",
           "prompts export --data g --provider openai --model m --out q",
           "list --json",
           "config print generate",
           "--version --verbose",
       }) {
    EXPECT_EQ(calls_of(words), "") << words;
  }
}

/// The test can fail: a program that starts another is seen.
TEST_F(SystemUse, IsSeenWhereThereIsAny) {
  ASSERT_EQ(shell("strace -f -qq -e trace=%network,execve -o calls sh -c '/bin/true; exit 0'"), 0);
  EXPECT_THAT(read_file(folder_ / "calls"), testing::HasSubstr("execve(\"/bin/true\""));
}

}  // namespace
}  // namespace recombine
