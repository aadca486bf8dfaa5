#include "python/bindings/grid_stream.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/reading/in_order.h"
#include "generator/grids/search/grid_source.h"

namespace recombine::python {
namespace {

constexpr std::uint64_t kBlock = 64;  ///< items of one piece of parallel work
constexpr std::uint64_t kBetweenPauses = 16384;

}  // namespace

struct GridStream::Wanted {
  std::unordered_multimap<std::uint64_t, std::size_t> places;
  std::vector<std::string>& records;

  void give(std::uint64_t index, const std::string& record) {
    const auto [first, last] = places.equal_range(index);
    for (auto place = first; place != last; ++place) records[place->second] = record;
  }
};

GridStream::GridStream(GridOptions options) : options_(std::move(options)) {
  source_ = writer_source(options_.run.episodes);
  in_order_ = source_->in_order();
  Json recipe = source_->recipe();
  recipe["count"] = options_.run.episodes;
  origin_ = std::make_shared<EpisodeOrigin>(recipe.dump());
}

std::unique_ptr<RecordSource> GridStream::writer_source(std::uint64_t episodes) const {
  GridRunConfig run = options_.run;
  // Twins come in pairs, so that no end is an even number.
  run.episodes = episodes == 0 ? kEndless - 1 : episodes;
  run.shards = 1;
  return make_grid_source(options_.grids, run);
}

std::uint64_t GridStream::size() const {
  return options_.run.episodes == 0 ? kEndless : options_.run.episodes;
}

int GridStream::attempt_of(std::uint64_t index) const {
  const auto known = attempts_.find(index);
  return known == attempts_.end() ? 0 : known->second;
}

std::vector<std::string> GridStream::alone(std::span<const std::uint64_t> indices, int threads) {
  std::vector<std::string> made(indices.size());
  for_parts(indices.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) made[i] = source_->make(indices[i], 0).record;
  });
  return made;
}

/// Makes the items settled_ .. end-1 as the writer does. Both are multiples of together().
void GridStream::settle(std::uint64_t end, int threads, Wanted& wanted) {
  std::uint64_t next = settled_;
  stream_in_order(end - next <= kBlock ? 1 : threads, [&]() -> WorkPart {
    if (next >= end) return {};
    const std::uint64_t first = next;
    next = std::min(end, first + kBlock);
    return [this, first, last = next, &wanted]() -> UseResult {
      auto items = std::make_shared<std::vector<Candidate>>();
      for (std::uint64_t i = first; i < last; ++i) items->push_back({source_->make(i, 0), 0});
      for_each_unit(*source_, *items, first, [&](auto unit, std::uint64_t index) {
        skip_taken(*source_, taken_, unit, index);
      });
      return [this, first, items, &wanted] {
        for_each_unit(*source_, *items, first, [&](auto unit, std::uint64_t index) {
          make_unique(*source_, taken_, unit, index);
          for (const Candidate& made : unit) {
            if (made.attempt > 0) attempts_[settled_] = made.attempt;
            wanted.give(settled_++, made.item.record);
          }
        });
      };
    };
  });
}

/// The same where items can only be made one after another.
void GridStream::read_on(std::uint64_t end, Wanted& wanted) {
  for (; settled_ < end; ++settled_) wanted.give(settled_, source_->make(settled_, 0).record);
}

std::vector<std::string> GridStream::records(std::span<const std::uint64_t> indices,
                                             int threads,
                                             const Pause& pause) {
  if (indices.empty()) return {};
  if (!options_.grids.unique && !in_order_) return alone(indices, threads);
  std::vector<std::string> made(indices.size());
  const std::uint64_t together = source_->together();
  const std::uint64_t end =
      (*std::ranges::max_element(indices) / together + 1) * together;  // of the last whole unit
  std::vector<std::pair<std::size_t, int>> known;  // places of settled items, with their attempts
  {
    const std::lock_guard lock(mutex_);
    if (in_order_ && *std::ranges::min_element(indices) < settled_) {
      source_ = writer_source(options_.run.episodes);
      settled_ = 0;
    }
    Wanted wanted{{}, made};
    for (std::size_t i = 0; i < indices.size(); ++i) {
      if (indices[i] < settled_)
        known.emplace_back(i, attempt_of(indices[i]));
      else
        wanted.places.emplace(indices[i], i);
    }
    while (settled_ < end) {
      const std::uint64_t stop = std::min(end, settled_ + kBetweenPauses);
      if (in_order_)
        read_on(stop, wanted);
      else
        settle(stop, threads, wanted);
      if (settled_ < end) pause();
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
