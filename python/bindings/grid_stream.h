#pragma once
// Episodes of [grids] options by index, as `generate grids` writes them.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "python/bindings/options.h"
#include "python/bindings/source.h"

#include "data/family.h"
#include "generator/writer/source.h"
#include "generator/writer/taken_keys.h"

namespace recombine::python {

/// Without uniqueness every item is made alone. With it, an item depends on those before it, whose
/// grammars it may not have: reaching item n makes all before it once, and remembers their keys
/// (about 100 bytes each). Of the published stream, which is one sequence, going back begins anew.
/// A forked process goes on with what its parent knew.
class GridStream : public ItemSource {
 public:
  /// Throws InputError as make_grid_source() does.
  explicit GridStream(GridOptions options);

  std::uint64_t size() const override;
  /// Throws InputError, too, where a signal's handler asks while its own thread is in here.
  std::vector<std::string> records(std::span<const std::uint64_t> indices, int threads) override;
  std::string family() const override { return std::string(kGrids.name); }
  std::string recipe() const override { return origin_->recipe; }
  std::shared_ptr<const EpisodeOrigin> episode_origin() const override { return origin_; }

  const GridOptions& options() const { return options_; }
  /// The writer's view of the same episodes.
  std::unique_ptr<RecordSource> writer_source(std::uint64_t episodes) const;

 private:
  /// What one call asked for: places in its result by index.
  struct Wanted;
  /// What is known of the items so far.
  struct Settled;

  std::shared_ptr<Settled> settled();
  std::vector<std::string> alone(std::span<const std::uint64_t> indices, int threads);
  std::vector<Candidate> candidates(const Settled& settled,
                                    std::uint64_t first,
                                    std::uint64_t last) const;
  void take(Settled& settled, std::vector<Candidate>& items, std::uint64_t first, Wanted& wanted);
  void settle(Settled& settled, std::uint64_t end, int threads, Wanted& wanted);
  void read_on(Settled& settled, std::uint64_t end, Wanted& wanted);

  GridOptions options_;
  std::shared_ptr<const EpisodeOrigin> origin_;
  std::unique_ptr<RecordSource> source_;  ///< makes any item, by any thread; null where in order
  std::shared_ptr<Settled> settled_;
};

}  // namespace recombine::python
