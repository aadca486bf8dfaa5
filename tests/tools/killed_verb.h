#pragma once
// Verbs that write, killed at many moments by signals that can and cannot be caught, and begun
// again: the bytes of a run that was left alone, and nothing beside them. The programs' tests have
// a table of verbs each.

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <span>
#include <string>
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

/// A verb that is killed, and the same one as it goes on. Words are separated by blanks; @ is the
/// folder of what is there before, and ? that of the work.
struct KilledVerb {
  const char* name = "";
  std::vector<const char*> given{};  ///< what makes @, a verb each
  const char* before = "";           ///< what is there when it begins; "": nothing
  const char* words = "";
  const char* again = "";  ///< what is added to begin again; "": nothing
  /// What no verb makes of @: before the verbs of `given`, and after them.
  void (*first)(const std::filesystem::path& given) = nullptr;
  void (*last)(const std::filesystem::path& given) = nullptr;
};

// GoogleTest looks for this name.  NOLINTNEXTLINE(readability-identifier-naming)
inline void PrintTo(const KilledVerb& verb, std::ostream* out) { *out << verb.name; }

inline std::string name_of_killed_verb(const testing::TestParamInfo<KilledVerb>& verb) {
  return verb.param.name;
}

/// The first words of the verbs of a table.
inline std::set<std::string> first_words(std::span<const KilledVerb> verbs) {
  std::set<std::string> words;
  for (const KilledVerb& verb : verbs) words.insert(split_text(verb.words, ' ').front());
  return words;
}

class KilledVerbTest : public testing::TestWithParam<KilledVerb> {
 protected:
  using Moment = std::chrono::steady_clock;
  using Files = std::map<std::string, std::string>;

  /// The test: each signal at RECOMBINE_KILLS moments.
  void expect_the_same_when_begun_again() {
    give();
    prepare("whole");
    const auto begin = Moment::now();
    ASSERT_EQ(code_of(start_verb(placed(GetParam().words, "whole"))), 0);
    const Moment::duration whole = Moment::now() - begin;
    const Files wanted = files_below(folder_ / "whole");
    ASSERT_FALSE(wanted.empty());
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
        EXPECT_EQ(difference(begun_again("cut", wanted), wanted), "")
            << "signal " << signal << " at " << part << "/1000";
      }
    }
    // The first run may have been the slow one, which has everything to load.
    for (std::uint32_t part = kEarly; killed == 0 && part > 0; part /= 2) {
      prepare("cut");
      killed += kill_at(whole * part / kParts, SIGKILL) ? 1 : 0;
      EXPECT_EQ(difference(begun_again("cut", wanted), wanted), "") << "at " << part << "/1000";
    }
    EXPECT_GT(killed, 0) << "no moment was early enough";
    RecordProperty("kills", killed);
    std::cout << killed << " kills\n";
  }

 private:
  /// Moments a verb is killed at by each signal: RECOMBINE_KILLS, one where it is not given.
  static int wanted_moments() {
    constexpr int kUsual = 1;
    const char* wanted = std::getenv("RECOMBINE_KILLS");
    return wanted == nullptr ? kUsual : parse_number<int>(wanted).value_or(kUsual);
  }

  static pid_t start_verb(const std::string& line) {
    const std::string program = (std::filesystem::path(build_folder()) / "bin/recombine").string();
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

  /// The exit code; -1 where a signal ended it.
  static int code_of(pid_t process) {
    int status = 0;
    ::waitpid(process, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  /// Every file below a folder, by name.
  static Files files_below(const std::filesystem::path& folder) {
    Files files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file())
        files[std::filesystem::relative(entry.path(), folder).string()] = read_file(entry.path());
    }
    return files;
  }

  /// The names of the files that one has and the other has not, or has otherwise.
  static std::string difference(const Files& found, const Files& wanted) {
    std::string text;
    for (const auto& [name, bytes] : found) {
      const auto place = wanted.find(name);
      if (place == wanted.end()) text += cat(" stray ", name);
      if (place != wanted.end() && place->second != bytes) text += cat(" other ", name);
    }
    for (const auto& [name, bytes] : wanted) {
      if (!found.contains(name)) text += cat(" no ", name);
    }
    return text;
  }

  std::string placed(std::string line, const std::string& work) const {
    for (std::size_t at = 0; (at = line.find_first_of("@?", at)) != std::string::npos; ++at)
      line.replace(at, 1, line[at] == '?' ? (folder_ / work).string() : folder_.path().string());
    return line;
  }

  void give() const {
    if (GetParam().first != nullptr) GetParam().first(folder_.path());
    for (const char* line : GetParam().given)
      ASSERT_EQ(code_of(start_verb(placed(line, ""))), 0) << line;
    if (GetParam().last != nullptr) GetParam().last(folder_.path());
  }

  /// An empty folder, or what is there before.
  void prepare(const std::string& work) const {
    std::filesystem::remove_all(folder_ / work);
    std::filesystem::create_directory(folder_ / work);
    const std::string before = GetParam().before;
    if (before.empty()) return;
    ASSERT_EQ(code_of(start_verb(placed(before, work))), 0);
  }

  /// False where the verb was done before.
  bool kill_at(Moment::duration moment, int signal) const {
    const pid_t process = start_verb(placed(GetParam().words, "cut"));
    std::this_thread::sleep_for(moment);
    ::kill(process, signal);
    return code_of(process) != 0;
  }

  /// What is there, once the verb has been run again where it left anything unfinished.
  Files begun_again(const std::string& work, const Files& wanted) const {
    Files files = files_below(folder_ / work);
    if (files == wanted) return files;
    const std::string again = *GetParam().again == 0 ? "" : cat(" ", GetParam().again);
    EXPECT_EQ(code_of(start_verb(placed(GetParam().words + again, work))), 0);
    return files_below(folder_ / work);
  }

  TemporaryFolder folder_;
};

}  // namespace recombine
