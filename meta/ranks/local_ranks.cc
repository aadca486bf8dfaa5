#include "meta/ranks/local_ranks.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <map>
#include <thread>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <torch/csrc/distributed/c10d/Store.hpp>
#include <unistd.h>

#include "data/error.h"
#include "data/progress.h"
#include "meta/ranks/meeting.h"
#include "meta/ranks/roll_call.h"

namespace recombine {
namespace {

constexpr std::chrono::milliseconds kPause{20};  ///< between two looks at the ranks
constexpr const char* kMark = "RECOMBINE_LOCAL_RANKS";

/// One after another "NAME=value".
std::vector<std::string> environment_of(int rank, int count, int port) {
  const std::map<std::string, std::string> own = {
      {"RANK", std::to_string(rank)},        {"LOCAL_RANK", std::to_string(rank)},
      {"WORLD_SIZE", std::to_string(count)}, {"MASTER_ADDR", "127.0.0.1"},
      {"MASTER_PORT", std::to_string(port)}, {"TORCHELASTIC_USE_AGENT_STORE", "True"},
      {"TORCHELASTIC_RESTART_COUNT", "0"},   {kMark, std::to_string(count)}};
  std::vector<std::string> all;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    if (!own.contains(text.substr(0, text.find('=')))) all.push_back(text);
  }
  for (const auto& [name, value] : own) all.push_back(cat(name, "=", value));
  return all;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

pid_t start_rank(std::vector<std::string> words, std::vector<std::string> environment) {
  const std::vector<char*> arguments = pointers_to(words);
  const std::vector<char*> variables = pointers_to(environment);
  const pid_t starter = ::getpid();
  const pid_t process = ::fork();
  require_data(process >= 0, "no process can be started: ", std::strerror(errno));
  if (process > 0) return process;
  // Other threads are not here any more: nothing that might need a lock of theirs.
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() == starter) ::execve("/proc/self/exe", arguments.data(), variables.data());
  ::_exit(kBadData);
}

class LocalRanks {
 public:
  LocalRanks(const std::vector<std::string>& words, int count) : kept_(keep_store()) {
    for (int rank = 0; rank < count; ++rank)
      processes_[start_rank(words, environment_of(rank, count, kept_.port))] = rank;
    ends_.resize(static_cast<std::size_t>(count));
  }

  int wait() {
    while (!processes_.empty()) {
      pass_signals();
      kill_lost();
      if (!take_end()) std::this_thread::sleep_for(kPause);
    }
    return exit_code();
  }

 private:
  void send(int signal) const {
    for (const auto& [process, rank] : processes_) ::kill(process, signal);
  }

  void pass_signals() {
    if (take_save_request()) send(SIGUSR1);
    if (interrupted_) return;
    try {
      check_interrupted("");
    } catch (const Interrupted&) {
      interrupted_ = true;
      send(SIGTERM);
    }
  }

  /// One that the others found to stand still would never end.
  void kill_lost() {
    if (!failed_) return;
    for (const auto& [process, rank] : processes_) {
      if (kept_.store->check({store_keys::lost(rank)})) ::kill(process, SIGKILL);
    }
  }

  /// Whether a rank ended.
  bool take_end() {
    int status = 0;
    const pid_t process = ::waitpid(-1, &status, WNOHANG);
    const auto found = processes_.find(process);
    if (process <= 0 || found == processes_.end()) return false;
    const int rank = found->second;
    processes_.erase(found);
    ends_[static_cast<std::size_t>(rank)] = status;
    failed_ = failed_ || status != 0;
    if (WIFSIGNALED(status)) tell_killed(rank, process, WTERMSIG(status));
    return true;
  }

  /// Sooner and more exactly than the others would find out.
  void tell_killed(int rank, pid_t process, int signal) {
    const std::string end = cat("was killed by signal ", signal, " (", ::strsignal(signal), ")");
    if (killed_.empty()) killed_ = cat("rank ", rank, " (process ", process, "): ", end);
    kept_.store->set(store_keys::failed(rank), end);
    kept_.store->set(store_keys::kTrouble, std::string("yes"));
  }

  int exit_code() const {
    if (!failed_) return kDone;
    if (interrupted_) return kInterrupted;
    const bool told = std::ranges::any_of(
        ends_, [](int status) { return WIFEXITED(status) && WEXITSTATUS(status) != 0; });
    if (!told) throw RankLost(killed_, true);
    const int first = ends_.front();
    return WIFEXITED(first) && WEXITSTATUS(first) != 0 ? WEXITSTATUS(first) : kAnswerIsNo;
  }

  KeptStore kept_;
  std::map<pid_t, int> processes_;  ///< that run, with their ranks
  std::vector<int> ends_;           ///< as waitpid() has them
  std::string killed_;              ///< the first rank that was
  bool failed_ = false;
  bool interrupted_ = false;
};

}  // namespace

bool is_local_rank(const Environment& environment) { return environment(kMark).has_value(); }

int run_local_ranks(const std::vector<std::string>& words, int count) {
  return LocalRanks(words, count).wait();
}

}  // namespace recombine
