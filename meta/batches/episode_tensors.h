#pragma once
// Episodes as bytes on a device, so that a training step gathers and never parses.
// Letters: docs/GLOSSARY.md.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include <torch/torch.h>

#include "data/episode.h"
#include "data/storage/dataset.h"
#include "data/storage/prediction_parts.h"
#include "models/batch.h"
#include "models/config.h"

namespace recombine {

/// Sections of a study set.
inline constexpr auto kSections = static_cast<std::int64_t>(kStudySections.size());

/// Sizes that all episodes of a set share.
struct EpisodeShape {
  int side = 0;     ///< N
  int study = 0;    ///< S
  int queries = 0;  ///< Q
  int spare = 0;    ///< pairs of each of the six study sections that are not shown
  std::vector<Roles> study_roles = {};      ///< [S]: the rules that a study pair shows; all unknown
                                            ///< where that differs from episode to episode
  std::vector<QueryKind> query_kinds = {};  ///< [Q]; empty: all queries need all rules
  bool own_order = false;  ///< whether an episode applies its rules in another than the usual order
  bool fewer_rules = false;  ///< whether a query does not need all rules
  int rules = kUsualRoles;   ///< of an episode

  friend bool operator==(const EpisodeShape&, const EpisodeShape&) = default;
};

/// `spare` counts what every study section has at least.
EpisodeShape episode_shape(const Episode& episode);

/// Where a model looks at a set piece by piece: as many as caches like.
inline constexpr std::int64_t kEpisodesAtATime = 32;

struct EpisodeTensors {
  EpisodeShape shape;
  torch::Tensor study;    ///< [M, S, 2, N, N] uint8; input, then output
  torch::Tensor queries;  ///< [M, Q, 2, N, N] uint8
  torch::Tensor spare;    ///< [M, 6, spare, 2, N, N] uint8, sections in the order of kStudySections

  std::int64_t size() const { return study.size(0); }
  EpisodeTensors to(torch::Device device) const;
  /// The same episodes, asked for their own study pairs.
  EpisodeTensors copies() const;
};

/// Throws InputError for episodes whose orders of rules, or numbers of them, the model cannot
/// answer.
void require_readable(const ModelConfig& model, const EpisodeShape& shape);

/// Tensors on the CPU that episodes are written into.
EpisodeTensors empty_episodes(const EpisodeShape& shape, std::int64_t episodes);

/// Writes an episode as row `row`. Where its study pairs stand in another order than those of rows
/// before, the study_roles of all become unknown. Throws DataError, naming the episode, where it
/// has other sizes or sections.
void set_row(EpisodeTensors& tensors, std::int64_t row, const Episode& episode);

/// Requires at least one episode.
EpisodeTensors pack_episodes(const std::vector<Episode>& episodes);

/// The order of an episode's study pairs in the tensors.
enum class PairOrder : std::uint8_t {
  kAsStored,
  kBySection,   ///< by the section that the set says
  kByTriggers,  ///< by the section that triggers say (data/triggers.h), whatever the set says
};

/// The one in which a model is asked: by section where that alone is what it is told of them, so
/// that shuffled sets whose pairs say their sections are as good as others.
PairOrder pair_order(const ModelConfig& model);

/// An episode as it is asked in this order: its study pairs with the sections that are known of
/// them. Throws DataError for kByTriggers where an episode has no triggers.
Episode in_order(Episode episode, PairOrder order);
/// Where each study pair of that stands in the stored episode.
std::vector<std::size_t> places_in_order(const Episode& episode, PairOrder order);

/// Is shown each episode of a set while it is read, in the set's order: what else is to be known of
/// the episodes need not be decoded again.
using EpisodeVisit = std::function<void(const Episode&)>;

/// Reads these episodes one by one, in the set's order: shows each to `visit`, puts its study pairs
/// in order and gives it to `take`. A DataError names the set's folder.
void read_episodes(const EpisodeSet& set,
                   PartItems items,
                   PairOrder order,
                   const EpisodeVisit& visit,
                   const EpisodeVisit& take);

/// The first `items` episodes of a set (0: all). Throws DataError for an empty set.
PartItems first_of_set(const EpisodeSet& set, std::uint64_t items);

/// The first `items` episodes of a data set (0: all), their spare pairs only where asked for.
/// Throws DataError, naming the folder, for an empty set or one of unequal episodes.
EpisodeTensors load_episodes(const EpisodeSet& set,
                             std::uint64_t items,
                             bool with_spare,
                             PairOrder order = PairOrder::kAsStored,
                             const EpisodeVisit& visit = {});
/// The same of `items`, at least one.
EpisodeTensors load_episodes(const EpisodeSet& set,
                             PartItems items,
                             bool with_spare,
                             PairOrder order = PairOrder::kAsStored,
                             const EpisodeVisit& visit = {});

}  // namespace recombine
