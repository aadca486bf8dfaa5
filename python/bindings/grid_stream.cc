#include "python/bindings/grid_stream.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

#include "python/bindings/parts.h"
#include <nlohmann/json.hpp>
#include <pthread.h>
#include <unistd.h>

#include "data/error.h"
#include "data/reading/in_order.h"
#include "generator/grids/search/grid_source.h"

namespace recombine::python {
namespace {

constexpr std::uint64_t kBlock = 64;  ///< items of one piece of parallel work

/// Held while a stream looks whether its process was forked, and by whoever forks.
std::mutex& forking() {
  static std::mutex mutex;
  static const int kWatched = pthread_atfork([] { forking().lock(); }, [] { forking().unlock(); },
                                             [] { forking().unlock(); });
  static_cast<void>(kWatched);
  return mutex;
}

}  // namespace

struct GridStream::Wanted {
  std::unordered_multimap<std::uint64_t, std::size_t> places;
  std::vector<std::string>& records;

  void give(std::uint64_t index, const std::string& record) {
    const auto [first, last] = places.equal_range(index);
    for (auto place = first; place != last; ++place) records[place->second] = record;
  }
};

struct GridStream::Settled {
  pid_t process = ::getpid();
  std::mutex mutex = {};  ///< of what follows
  std::atomic<std::thread::id> worker = {};
  std::uint64_t count = 0;  ///< items whose attempts are known, from the first
  TakenKeys taken = TakenKeys();
  std::unordered_map<std::uint64_t, int> attempts = {};  ///< of those that were made anew
  std::unique_ptr<RecordSource> in_order = {};           ///< of a stream that is one sequence

  int attempt_of(std::uint64_t index) const {
    const auto known = attempts.find(index);
    return known == attempts.end() ? 0 : known->second;
  }
};

GridStream::GridStream(GridOptions options)
    : options_(std::move(options)), settled_(std::make_shared<Settled>()) {
  source_ = writer_source(options_.run.episodes);
  Json recipe = source_->recipe();
  recipe["count"] = options_.run.episodes;
  origin_ = std::make_shared<EpisodeOrigin>(recipe.dump());
  if (source_->in_order()) settled_->in_order = std::move(source_);
}

std::unique_ptr<RecordSource> GridStream::writer_source(std::uint64_t episodes) const {
  GridRunConfig run = options_.run;
  // Twins come in pairs, so that no end is an even number.
  run.episodes = episodes == 0 ? kEndless - 1 : episodes;
  run.shards = 1;
  return make_grid_source(options_.grids, run);
}

/// That of this process. Where another thread of the parent was at work as it forked, half of a
/// thing may be done, by nobody: then a child begins anew, and leaves that alone.
std::shared_ptr<GridStream::Settled> GridStream::settled() {
  static std::vector<std::shared_ptr<Settled>> left;
  const std::lock_guard lock(forking());
  if (settled_->process == ::getpid()) return settled_;
  if (settled_->mutex.try_lock()) {
    settled_->mutex.unlock();
    settled_->process = ::getpid();
    return settled_;
  }
  left.push_back(std::exchange(settled_, std::make_shared<Settled>()));
  if (source_ == nullptr) settled_->in_order = writer_source(options_.run.episodes);
  return settled_;
}

std::uint64_t GridStream::size() const {
  return options_.run.episodes == 0 ? kEndless : options_.run.episodes;
}

std::vector<std::string> GridStream::alone(std::span<const std::uint64_t> indices, int threads) {
  std::vector<std::string> made(indices.size());
  for_parts(indices.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) made[i] = source_->make(indices[i], 0).record;
  });
  return made;
}

/// The items first .. last-1 without what is taken already; any thread may ask.
std::vector<Candidate> GridStream::candidates(const Settled& settled,
                                              std::uint64_t first,
                                              std::uint64_t last) const {
  std::vector<Candidate> items;
  items.reserve(last - first);
  for (std::uint64_t i = first; i < last; ++i) items.push_back({source_->make(i, 0), 0});
  for_each_unit(*source_, items, first, [&](auto unit, std::uint64_t index) {
    skip_taken(*source_, settled.taken, unit, index);
  });
  return items;
}

/// Settles the candidates of the items from `first` on, which are the next.
void GridStream::take(Settled& settled,
                      std::vector<Candidate>& items,
                      std::uint64_t first,
                      Wanted& wanted) {
  check_signals();
  for_each_unit(*source_, items, first, [&](auto unit, std::uint64_t index) {
    make_unique(*source_, settled.taken, unit, index);
    for (const Candidate& made : unit) {
      if (made.attempt > 0) settled.attempts[settled.count] = made.attempt;
      wanted.give(settled.count++, made.item.record);
    }
  });
}

/// Makes the items settled.count .. end-1 as the writer does. Both are multiples of together().
void GridStream::settle(Settled& settled, std::uint64_t end, int threads, Wanted& wanted) {
  std::uint64_t next = settled.count;
  stream_in_order(end - next <= kBlock ? 1 : threads, [&]() -> WorkPart {
    if (next >= end) return {};
    const std::uint64_t first = next;
    next = std::min(end, first + kBlock);
    return [this, first, last = next, &settled, &wanted]() -> UseResult {
      auto items = std::make_shared<std::vector<Candidate>>(candidates(settled, first, last));
      return [this, first, items, &settled, &wanted] { take(settled, *items, first, wanted); };
    };
  });
}

/// The same where items can only be made one after another.
void GridStream::read_on(Settled& settled, std::uint64_t end, Wanted& wanted) {
  for (; settled.count < end; ++settled.count) {
    check_signals();
    wanted.give(settled.count, settled.in_order->make(settled.count, 0).record);
  }
}

std::vector<std::string> GridStream::records(std::span<const std::uint64_t> indices, int threads) {
  if (indices.empty()) return {};
  if (!options_.grids.unique && source_ != nullptr) return alone(indices, threads);
  std::vector<std::string> made(indices.size());
  std::vector<std::pair<std::size_t, int>> known;  // places of settled items, with their attempts
  {
    const std::shared_ptr<Settled> held = settled();
    Settled& settled = *held;
    require(settled.worker.load() != std::this_thread::get_id(),
            "the data set is at work: a signal's handler cannot ask it for items meanwhile");
    const std::lock_guard lock(settled.mutex);
    settled.worker = std::this_thread::get_id();
    const auto at_rest = [](Settled* all) { all->worker = std::thread::id(); };
    const std::unique_ptr<Settled, decltype(at_rest)> rest(&settled, at_rest);
    if (source_ == nullptr && *std::ranges::min_element(indices) < settled.count) {
      settled.in_order = writer_source(options_.run.episodes);
      settled.count = 0;
    }
    Wanted wanted{{}, made};
    for (std::size_t i = 0; i < indices.size(); ++i) {
      if (indices[i] < settled.count)
        known.emplace_back(i, settled.attempt_of(indices[i]));
      else
        wanted.places.emplace(indices[i], i);
    }
    const std::uint64_t most = *std::ranges::max_element(indices);
    require(most < kEndless - 2, "index ", most, ": so many items nobody waits for");
    if (source_ == nullptr) {
      read_on(settled, most + 1, wanted);
    } else if (most >= settled.count) {
      const std::uint64_t together = source_->together();
      settle(settled, (most / together + 1) * together, threads, wanted);  // its whole unit
    }
  }
  for_parts(known.size(), threads, [&](std::size_t begin, std::size_t last) {
    for (std::size_t i = begin; i < last; ++i) {
      const auto [place, attempt] = known[i];
      made[place] = source_->make(indices[place], attempt).record;
    }
  });
  return made;
}

}  // namespace recombine::python
