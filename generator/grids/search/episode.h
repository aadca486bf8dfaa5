#pragma once
// Makes Compositional-ARC episodes: one algorithm, two sources of random words.

#include <cstdint>
#include <memory>
#include <string>

#include "data/episode.h"
#include "generator/grids/config.h"

namespace recombine {

struct EpisodeSearch;  // the config, checked and in the form that the inner loops read

/// What is said where a bounded search ended without episode `index`.
std::string no_episode_text(const GridConfig& config, std::uint64_t index);

/// Episodes of our own stream. Thread-safe and const; make one and share it.
class EpisodeMaker {
 public:
  /// Throws InputError as GridConfig::validate() does.
  EpisodeMaker(const GridConfig& config, std::uint64_t seed);
  ~EpisodeMaker();
  EpisodeMaker(const EpisodeMaker&) = delete;
  EpisodeMaker& operator=(const EpisodeMaker&) = delete;
  EpisodeMaker(EpisodeMaker&&) noexcept;
  EpisodeMaker& operator=(EpisodeMaker&&) noexcept;

  /// Episode `index`: a pure function of (config, seed, index, attempt), whatever was made before.
  /// `attempt` counts how often the item was refused because its grammar was taken. All made pairs
  /// are in `study` (4 a section by default, as configured) and `queries`; `spare` is empty.
  /// Where the config asks for twins, 2 k and 2 k + 1 are those of one number k, "ek" and "ekt",
  /// whose grammars differ in one rule; the first is drawn, the second changed.
  /// Throws InputError where no episode is found within the configured number of restarts.
  Episode make(std::uint64_t index, int attempt = 0) const;

  /// The same by the plain rejection loop, without tables and early ends: the oracle of make().
  Episode make_plainly(std::uint64_t index, int attempt = 0) const;

 private:
  std::unique_ptr<const EpisodeSearch> search_;
};

}  // namespace recombine
