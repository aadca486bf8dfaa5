#include "meta/ranks/roll_call.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <torch/csrc/distributed/c10d/Store.hpp>
#include <unistd.h>

#include "data/error.h"
#include "data/progress.h"
#include "data/text.h"

namespace recombine {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr milliseconds kWatchPause{250};  ///< between two looks for trouble
constexpr milliseconds kCallPause{50};    ///< between two looks for answers
constexpr seconds kAnswer{4};             ///< in which a rank that is there answers
constexpr seconds kStore{12};             ///< in which a store that is there has told everything

std::string who_key(int rank) { return cat("who/", rank); }
std::string here_key(int rank) { return cat("here/", rank); }

std::string own_name(int rank) {
  constexpr std::size_t kLongest = 256;
  std::string host(kLongest, '\0');
  if (::gethostname(host.data(), host.size() - 1) != 0) host = "?";
  return cat("rank ", rank, " (", host.c_str(), ", process ", ::getpid(), ")");
}

/// What `work` gives; none where that throws or takes longer than `limit`, for a store whose keeper
/// stands still never answers. Then `work`, which must own what it uses, is left behind.
template <class Result>
std::optional<Result> within(seconds limit, std::function<Result()> work) {
  std::packaged_task<Result()> task(std::move(work));
  std::future<Result> result = task.get_future();
  std::thread(std::move(task)).detach();
  if (result.wait_for(limit) != std::future_status::ready) return std::nullopt;
  try {
    return result.get();
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace

/// What the ranks say of themselves.
class RollCall::Store {
 public:
  struct Blame {
    std::vector<int> ranks;
    std::string text;
  };

  Store(SharedStore store, RankPlace place) : store_(std::move(store)), place_(std::move(place)) {
    for (int rank = 0; rank < place_.count; ++rank) names_.push_back(cat("rank ", rank));
    names_[static_cast<std::size_t>(place_.rank)] = own_name(place_.rank);
  }

  const std::string& name(int rank) const { return names_[static_cast<std::size_t>(rank)]; }
  SharedStore clone() const { return store_->clone(); }

  /// Who did not come within `limit`, or failed meanwhile.
  Blame introduce(seconds limit) {
    store_->set(who_key(place_.rank), name(place_.rank));
    const auto end = Clock::now() + limit;
    std::vector<int> missing;
    for (int rank = 0; rank < place_.count;) {
      check_interrupted("not all ranks were there yet");
      if (store_->check({who_key(rank)})) {
        names_[static_cast<std::size_t>(rank)] = store_->get_to_str(who_key(rank));
        ++rank;
      } else if (auto failed = first_failed()) {
        return *failed;
      } else if (Clock::now() < end) {
        std::this_thread::sleep_for(kCallPause);
      } else {
        missing.push_back(rank++);
      }
    }
    return {missing,
            cat(names(missing), ": did not come to ", place_.host, ":", place_.port, " within ",
                limit.count(), " seconds; start all ", place_.count, " ranks")};
  }

  void say_failed(const std::string& message) {
    store_->set(store_keys::failed(place_.rank), message);
    call();
  }

  void call() { store_->set(store_keys::kTrouble, std::string("yes")); }

  /// Who is to blame; all ranks are called.
  Blame blame(const std::string& error, bool timed_out) {
    std::vector<int> silent;
    for (const auto end = Clock::now() + kAnswer; Clock::now() < end;
         std::this_thread::sleep_for(kCallPause)) {
      if (auto failed = first_failed()) return *failed;
      silent = those([&](int rank) { return !store_->check({here_key(rank)}); });
      if (silent.empty()) break;
    }
    if (!silent.empty()) return found(silent, "does not answer: it is dead, stopped or cut off");
    const std::vector<int> idle =
        those([&](int rank) { return store_->get_to_str(here_key(rank)) != kWaiting; });
    if (timed_out && !idle.empty())
      return found(idle, "stands still, or needs longer for a step than --rank-timeout allows");
    return {{}, cat("the connection between ranks broke: ", error)};
  }

  /// Whether this rank is the one of those that are well that speaks for all.
  bool speaks(const Blame& blamed) const {
    int speaker = 0;
    while (std::ranges::find(blamed.ranks, speaker) != blamed.ranks.end()) ++speaker;
    return speaker == place_.rank;
  }

  /// Where the store itself does not answer.
  RankLost without_store() const {
    if (place_.has_starter)
      return {cat("who started the ranks, at ", place_.host, ":", place_.port, ", does not answer"),
              place_.rank == 0};
    return {cat(name(0), ": does not answer: it is dead, stopped or cut off"), place_.rank == 1};
  }

  static constexpr const char* kWaiting = "waiting";

 private:
  template <class Condition>
  std::vector<int> those(const Condition& condition) const {
    std::vector<int> ranks;
    for (int rank = 0; rank < place_.count; ++rank) {
      if (condition(rank)) ranks.push_back(rank);
    }
    return ranks;
  }

  std::string names(const std::vector<int>& ranks) const {
    std::vector<std::string> texts;
    texts.reserve(ranks.size());
    for (const int rank : ranks) texts.push_back(name(rank));
    return join_text(texts, ", ");
  }

  std::optional<Blame> first_failed() const {
    for (int rank = 0; rank < place_.count; ++rank) {
      const std::string key = store_keys::failed(rank);
      if (store_->check({key}))
        return Blame{{rank}, cat(name(rank), ": ", store_->get_to_str(key))};
    }
    return std::nullopt;
  }

  Blame found(const std::vector<int>& ranks, const char* what) const {
    for (const int rank : ranks) store_->set(store_keys::lost(rank), std::string("yes"));
    return {ranks, cat(names(ranks), ": ", what)};
  }

  SharedStore store_;
  RankPlace place_;
  std::vector<std::string> names_;
};

/// Answers roll calls while the main thread is at work.
class RollCall::Watch {
 public:
  Watch(SharedStore store, int rank) : store_(std::move(store)), rank_(rank) {}

  void set_waiting(bool waiting) { waiting_ = waiting; }

  void answer() const {
    store_->set(here_key(rank_), std::string(waiting_ ? Store::kWaiting : "at work"));
  }

  void run() {
    try {
      while (!pause()) {
        if (!store_->check({store_keys::kTrouble})) continue;
        answer();
        break;
      }
    } catch (const std::exception&) {  // no store any more, which the main thread will notice
    }
    const std::lock_guard guard(mutex_);
    done_ = true;
    changed_.notify_all();
  }

  /// Does not wait for a store that stands still.
  void end() {
    std::unique_lock lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
    changed_.wait_for(lock, seconds(1), [this] { return done_; });
  }

 private:
  /// Whether it is to end.
  bool pause() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kWatchPause, [this] { return stopped_; });
  }

  SharedStore store_;
  int rank_;
  std::atomic<bool> waiting_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
  bool done_ = false;
};

RollCall::RollCall(const SharedStore& store, const RankPlace& place, seconds limit)
    : store_(std::make_shared<Store>(store, place)) {
  std::optional<Store::Blame> blamed;
  try {
    blamed = store_->introduce(limit);
    watch_ = std::make_shared<Watch>(store_->clone(), place.rank);
  } catch (const Interrupted& error) {
    say_failed(error.what());
    throw;
  } catch (const c10::Error&) {
    throw store_->without_store();
  }
  if (!blamed->ranks.empty()) throw RankLost(blamed->text, store_->speaks(*blamed));
  std::thread([watch = watch_] { watch->run(); }).detach();
}

RollCall::~RollCall() { watch_->end(); }

const std::string& RollCall::name(int rank) const { return store_->name(rank); }

void RollCall::set_waiting(bool waiting) { watch_->set_waiting(waiting); }

void RollCall::say_failed(const std::string& message) {
  within<bool>(kAnswer, [store = store_, message] {
    store->say_failed(message);
    return true;
  });
}

RankLost RollCall::blame(const std::string& error, bool timed_out) {
  const auto blamed =
      within<Store::Blame>(kStore, [store = store_, watch = watch_, error, timed_out] {
        store->call();
        watch->answer();
        return store->blame(error, timed_out);
      });
  if (!blamed) return store_->without_store();
  return {blamed->text, store_->speaks(*blamed)};
}

}  // namespace recombine
