// Verbs that write, killed at many moments by signals that can and cannot be caught, and begun
// again: the bytes of a run that was left alone, and nothing beside them.

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <map>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/error.h"
#include "data/random.h"
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
  std::vector<const char*> given;  ///< what makes @, a verb each
  const char* before;              ///< what is there when it begins; "": nothing
  const char* words;
  const char* again;  ///< what is added to begin again; "": nothing
};

void PrintTo(const KilledVerb& verb, std::ostream* out) { *out << verb.name; }

constexpr const char* kGivenGrids = "generate grids --episodes 400 --out @/grids";
constexpr const char* kLargeSet =
    "generate grids --episodes 900 --study 2 --queries 2 --threads 1 --force --out ?/set";
constexpr const char* kSmallSet = "generate grids --episodes 70 --seed 2 --out ?/set";
constexpr const char* kGivenAnswers = "baseline copy-input --data @/grids --out @/p.jsonl";
constexpr const char* kGivenReport =
    "evaluate --data @/grids --predictions @/p.jsonl --out @/r.json";

const std::vector<KilledVerb>& killed_verbs() {
  static const std::vector<KilledVerb> kVerbs = {
      {"generate",
       {},
       "",
       "generate grids --episodes 900 --study 2 --queries 2 --threads 1 --out ?/set",
       "--resume"},
      {"replaced", {}, kSmallSet, kLargeSet, "--resume"},
      {"replaced_from_the_start", {}, kSmallSet, kLargeSet, ""},
      {"shard",
       {},
       "",
       "generate grids --episodes 900 --study 2 --queries 2 --shard 1/2 --threads 1 --out ?/set",
       "--resume"},
      {"facts",
       {},
       "",
       "generate facts --entities 200 --relations 20 --degree 8 --out ?/world",
       "--force"},
      {"replaced_facts",
       {},
       "generate facts --entities 40 --relations 6 --degree 4 --lambda 2 --out ?/world",
       "generate facts --entities 200 --relations 20 --degree 8 --force --out ?/world",
       ""},
      {"merge",
       {"generate grids --episodes 400 --shard 0/2 --out @/parts/0",
        "generate grids --episodes 400 --shard 1/2 --out @/parts/1"},
       "",
       "merge @/parts --out ?/set",
       "--force"},
      {"split",
       {kGivenGrids},
       "",
       "split --data @/grids --min-func-examples 0 --out ?/split",
       "--force"},
      {"replaced_split",
       {kGivenGrids},
       "split --data @/grids --min-func-examples 0 --seed 3 --out ?/split",
       "split --data @/grids --min-func-examples 0 --force --out ?/split",
       ""},
      {"export", {kGivenGrids}, "", "export @/grids --format hf --out ?/hf", "--force"},
      {"export_of_one_file",
       {kGivenGrids},
       "",
       "export @/grids --format carc --out ?/c.jsonl",
       "--force"},
      {"import",
       {kGivenGrids, "export @/grids --format carc --out @/c.jsonl"},
       "",
       "import --format carc --in @/c.jsonl --out ?/set",
       "--force"},
      {"baseline",
       {kGivenGrids},
       "",
       "baseline nearest-study --data @/grids --out ?/p.jsonl",
       "--force"},
      {"prompts",
       {kGivenGrids},
       "",
       "prompts export --data @/grids --provider openai --model m --out ?/prompts",
       "--force"},
      {"evaluate",
       {kGivenGrids, kGivenAnswers},
       "",
       "evaluate --data @/grids --predictions @/p.jsonl --out ?/r.json --html ?/r.html",
       "--force"},
      {"leaderboard",
       {kGivenGrids, kGivenAnswers, kGivenReport},
       "",
       "leaderboard @/r.json --out ?/l.html",
       "--force"},
      {"report",
       {kGivenGrids, kGivenAnswers, kGivenReport},
       "",
       "report @/r.json --out ?/x.html",
       "--force"},
      {"view", {kGivenGrids}, "", "view @/grids --gallery 60 --out ?/v.html", "--force"},
  };
  return kVerbs;
}

/// Moments a verb is killed at by each signal: RECOMBINE_KILLS, one where it is not given.
int wanted_moments() {
  constexpr int kUsual = 1;
  const char* given = std::getenv("RECOMBINE_KILLS");
  return given == nullptr ? kUsual : parse_number<int>(given).value_or(kUsual);
}

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

/// Every file below a folder, by name.
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

  /// False where the verb was done before.
  bool kill_at(Clock::duration moment, int signal) const {
    const pid_t process = start_verb(placed(GetParam().words, "cut"));
    std::this_thread::sleep_for(moment);
    ::kill(process, signal);
    return code_of(process) != 0;
  }

  /// What is there, once the verb has been run again where it left anything unfinished.
  std::map<std::string, std::string> begun_again(
      const std::string& work, const std::map<std::string, std::string>& wanted) const {
    auto files = files_below(folder_ / work);
    if (files == wanted) return files;
    const std::string again = *GetParam().again == 0 ? "" : cat(" ", GetParam().again);
    EXPECT_EQ(code_of(start_verb(placed(GetParam().words + again, work))), 0);
    return files_below(folder_ / work);
  }

  TemporaryFolder folder_;
};

TEST_P(KilledAtAnyMoment, GivesTheSameWhenItIsBegunAgain) {
  for (const char* line : GetParam().given)
    ASSERT_EQ(code_of(start_verb(placed(line, ""))), 0) << line;
  prepare("whole");
  const auto begin = Clock::now();
  ASSERT_EQ(code_of(start_verb(placed(GetParam().words, "whole"))), 0);
  const Clock::duration whole = Clock::now() - begin;
  const auto wanted = files_below(folder_ / "whole");
  constexpr std::array kSignals = {SIGKILL, SIGTERM, SIGINT, SIGHUP};
  constexpr std::uint32_t kParts = 1000;
  constexpr std::uint32_t kEarly = 300;  // so that no verb is done before each of its moments
  CounterRandom random(1, 0, Stream::kSample);
  int killed = 0;
  for (int moment = 0; moment < wanted_moments(); ++moment) {
    for (const int signal : kSignals) {
      const bool first = moment == 0 && signal == SIGKILL;
      const std::uint32_t part = random.word() % (first ? kEarly : kParts);
      prepare("cut");
      killed += kill_at(whole * part / kParts, signal) ? 1 : 0;
      EXPECT_TRUE(begun_again("cut", wanted) == wanted) << signal << " at " << part << "/1000";
    }
  }
  EXPECT_GT(killed, 0) << "no moment was early enough";
  RecordProperty("kills", killed);
  std::cout << killed << " kills\n";
}

std::string name_of_verb(const testing::TestParamInfo<KilledVerb>& verb) { return verb.param.name; }

INSTANTIATE_TEST_SUITE_P(Every, KilledAtAnyMoment, testing::ValuesIn(killed_verbs()), name_of_verb);

}  // namespace
}  // namespace recombine
