#pragma once
// Episodes of [grids] options by index, as `generate grids` writes them.

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "python/bindings/options.h"
#include "python/bindings/source.h"

#include "generator/writer/taken_keys.h"

namespace recombine::python {

/// Without uniqueness every item is made alone. With it, an item depends on those before it, whose
/// grammars it may not have: reaching item n makes all before it once, and remembers their keys
/// (about 100 bytes each). Of the published stream, which is one sequence, going back begins anew.
class GridStream : public ItemSource {
 public:
  /// Throws InputError as make_grid_source() does.
  explicit GridStream(GridOptions options);

  std::uint64_t size() const override;
  std::vector<std::string> records(std::span<const std::uint64_t> indices,
                                   int threads,
                                   const Pause& pause) override;
  std::string family() const override { return source_->family(); }
  std::string recipe() const override { return origin_->recipe; }
  std::shared_ptr<const EpisodeOrigin> episode_origin() const override { return origin_; }

  const GridOptions& options() const { return options_; }
  /// The writer's view of the same episodes.
  std::unique_ptr<RecordSource> writer_source(std::uint64_t episodes) const;

 private:
  /// What one call asked for: places in its result by index.
  struct Wanted;

  std::vector<std::string> alone(std::span<const std::uint64_t> indices, int threads);
  void settle(std::uint64_t end, int threads, Wanted& wanted);
  void read_on(std::uint64_t end, Wanted& wanted);
  int attempt_of(std::uint64_t index) const;

  GridOptions options_;
  std::unique_ptr<RecordSource> source_;
  bool in_order_ = false;
  std::shared_ptr<const EpisodeOrigin> origin_;
  std::mutex mutex_;           ///< of what follows
  std::uint64_t settled_ = 0;  ///< items whose attempts are known, from the first
  TakenKeys taken_;
  std::unordered_map<std::uint64_t, int> attempts_;  ///< of those that were made anew
};

}  // namespace recombine::python
