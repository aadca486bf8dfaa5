// Verbs that write, killed at many moments by signals that can and cannot be caught, and begun
// again: the bytes of a run that was left alone, and nothing beside them.

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <map>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/error.h"
#include "data/storage/file.h"
#include "data/text.h"
#include "tests/data/temporary_folder.h"
#include "tests/places.h"

namespace recombine {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// A verb that is killed, and the same one as it goes on. Words are separated by blanks; @ is the
/// folder of what is there before, and ? that of the work.
struct KilledVerb {
  const char* name;
  const char* before;  ///< what is there when it begins; "": nothing
  const char* words;
  const char* again;  ///< what is added to begin again
};

void PrintTo(const KilledVerb& verb, std::ostream* out) { *out << verb.name; }

constexpr std::array kKilled = {
    KilledVerb{"generate", "",
               "generate grids --episodes 900 --study 2 --queries 2 --threads 1 --out ?/set",
               "--resume"},
    KilledVerb{
        "replace", "generate grids --episodes 70 --seed 2 --out ?/set",
        "generate grids --episodes 900 --study 2 --queries 2 --threads 1 --force --out ?/set",
        "--resume"},
    KilledVerb{"facts", "", "generate facts --entities 200 --relations 20 --degree 8 --out ?/world",
               "--force"},
    KilledVerb{"split", "", "split --data @/grids --min-func-examples 0 --out ?/split", "--force"},
    KilledVerb{"export", "", "export @/grids --format hf --out ?/hf", "--force"},
    KilledVerb{"baseline", "", "baseline nearest-study --data @/grids --out ?/p.jsonl", "--force"},
};

pid_t start_verb(const std::string& line) {
  const std::string program = (fs::path(build_folder()) / "bin/recombine").string();
  std::vector<std::string> words = split_text(line, ' ');
  words.insert(words.begin(), program);
  words.emplace_back("--quiet");
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t silent;
  posix_spawn_file_actions_init(&silent);
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
    posix_spawn_file_actions_addopen(&silent, stream, "/dev/null", O_WRONLY, 0);
  pid_t process = -1;
  EXPECT_EQ(posix_spawn(&process, program.c_str(), &silent, nullptr, argv.data(), environ), 0);
  posix_spawn_file_actions_destroy(&silent);
  return process;
}

int code_of(pid_t process) {
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Every file below a folder, by name. A report's moment is not compared.
std::map<std::string, std::string> files_below(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file())
      files[fs::relative(entry.path(), folder).string()] = read_file(entry.path());
  }
  return files;
}

class KilledAtAnyMoment : public testing::TestWithParam<KilledVerb> {
 protected:
  std::string placed(std::string line, const std::string& work) const {
    for (std::size_t at = 0; (at = line.find_first_of("@?", at)) != std::string::npos; ++at)
      line.replace(at, 1, line[at] == '?' ? (folder_ / work).string() : folder_.path().string());
    return line;
  }
  /// An empty folder, or what is there before.
  void prepare(const std::string& work) const {
    fs::remove_all(folder_ / work);
    fs::create_directory(folder_ / work);
    const std::string before = GetParam().before;
    if (before.empty()) return;
    ASSERT_EQ(code_of(start_verb(placed(before, work))), 0);
  }

  TemporaryFolder folder_;
};

TEST_P(KilledAtAnyMoment, GivesTheSameWhenItIsBegunAgain) {
  ASSERT_EQ(code_of(start_verb(placed("generate grids --episodes 400 --out @/grids", ""))), 0);
  prepare("whole");
  const std::string line = GetParam().words;
  const auto begin = Clock::now();
  ASSERT_EQ(code_of(start_verb(placed(line, "whole"))), 0);
  const Clock::duration whole = Clock::now() - begin;
  const auto wanted = files_below(folder_ / "whole");
  constexpr int kMoments = 8;
  constexpr std::array kSignals = {SIGKILL, SIGTERM, SIGKILL, SIGINT, SIGKILL, SIGHUP};
  int killed = 0;
  for (int moment = 0; moment < kMoments; ++moment) {
    prepare("cut");
    const pid_t process = start_verb(placed(line, "cut"));
    std::this_thread::sleep_for(whole * (2 * moment + 1) / (2 * kMoments));
    ::kill(process, kSignals[static_cast<std::size_t>(moment) % kSignals.size()]);
    if (code_of(process) == 0) continue;
    ++killed;
    const bool unharmed = files_below(folder_ / "cut") == wanted;
    if (!unharmed) {
      EXPECT_EQ(code_of(start_verb(placed(cat(line, " ", GetParam().again), "cut"))), 0) << moment;
    }
    EXPECT_TRUE(files_below(folder_ / "cut") == wanted) << moment;
  }
  EXPECT_GT(killed, 0) << "no moment was early enough";
}

std::string name_of_verb(const testing::TestParamInfo<KilledVerb>& verb) { return verb.param.name; }

INSTANTIATE_TEST_SUITE_P(Every, KilledAtAnyMoment, testing::ValuesIn(kKilled), name_of_verb);

}  // namespace
}  // namespace recombine
