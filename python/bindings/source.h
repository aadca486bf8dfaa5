#pragma once
// Items by index, wherever they come from: made on demand, a world in memory, a folder.

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "data/fact_vocabulary.h"
#include "eval/baselines/fact_baseline.h"
#include "generator/grids/solver/solver.h"

namespace recombine::python {

/// What an episode was made with: the rules that it may follow. Shared by the episodes of a source.
struct EpisodeOrigin {
  explicit EpisodeOrigin(std::string of) : recipe(std::move(of)) {}

  std::string recipe;  ///< JSON text of the data set's recipe; "" where nothing is known

  /// The rules that the recipe's options draw from; the published ones where it says none.
  const RuleSpace& rules() const;

 private:
  mutable std::unique_ptr<const RuleSpace> rules_;
};

/// What the tokens of a question mean, and who knows the answers. Shared by the items of a source.
struct FactOrigin {
  FactVocabulary vocabulary;
  /// Makes what follows the facts of the training set; empty where none is known.
  std::function<FactAnswerer()> learn = {};

  /// Throws InputError where no training set is known.
  const FactAnswerer& answerer() const;

 private:
  mutable FactAnswerer answerer_;
};

inline constexpr std::uint64_t kEndless = std::numeric_limits<std::uint64_t>::max();

/// Records by index. May be used by any thread.
class ItemSource {
 public:
  ItemSource() = default;
  ItemSource(const ItemSource&) = delete;
  ItemSource& operator=(const ItemSource&) = delete;
  virtual ~ItemSource() = default;

  /// How many items there are; kEndless where there is no end.
  virtual std::uint64_t size() const = 0;
  /// The records of these items, in this order. Requires indices below size(). Throws Interrupted
  /// where a signal's handler raises.
  virtual std::vector<std::string> records(std::span<const std::uint64_t> indices, int threads) = 0;
  /// "grids" or "facts".
  virtual std::string family() const = 0;
  /// JSON text of the recipe of the whole source, without its count where it is endless.
  virtual std::string recipe() const = 0;
  /// Of grids; null for facts.
  virtual std::shared_ptr<const EpisodeOrigin> episode_origin() const { return nullptr; }
  /// Of facts; null for grids.
  virtual std::shared_ptr<const FactOrigin> fact_origin() const { return nullptr; }
  /// "sha256:..." where it is known without reading every item; "" elsewhere.
  virtual std::string known_digest() const { return ""; }
};

/// Calls work(begin, end) for parts of 0..count-1, on `threads` threads (0: all cores). Throws
/// Interrupted as records() does.
void for_parts(std::size_t count,
               int threads,
               const std::function<void(std::size_t begin, std::size_t end)>& work);

/// "sha256:..." over the first `count` items, as a manifest of them has it.
std::string digest_of(ItemSource& source, std::uint64_t count, int threads);

/// All sets of a data set's folder, by name; {""} for a folder that is a data set itself.
std::shared_ptr<ItemSource> open_stored(const std::string& folder);

}  // namespace recombine::python
