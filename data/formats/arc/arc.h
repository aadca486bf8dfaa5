#pragma once
// Episodes as ARC tasks (the ARC repository's task files): study pairs are `train`, queries `test`.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/episode.h"
#include "data/formats/format.h"
#include "data/formats/import_set.h"
#include "data/json.h"

namespace recombine {

/// {"train": [{"input": G, "output": G}, ...], "test": [...]}, spaced as Python's json.dumps.
std::string arc_task(const Episode& episode);

/// The same without the outputs of the queries: a row of a bundle's challenges.
std::string arc_challenge(const Episode& episode);

/// The outputs of the queries: a row of a bundle's solutions.
std::string arc_solution(const Episode& episode);

/// Reads a task; its rules are unknown. A task without outputs of its test inputs gives queries
/// whose outputs have a side of 0. A list of pairs, as re-arc's files are, has its last pair as
/// query. Throws DataError for anything else, also for grids that are not square or not all of one
/// side: ARC has them, episodes do not.
Episode episode_from_arc(const Json& task, std::string id);

/// The same from a challenge and its solution; null: there is none.
Episode episode_from_arc(const Json& challenge, const Json& solution, std::string id);

/// Whether the episode has the outputs of its queries.
bool is_answered(const Episode& episode);

/// A data set of tasks, all with outputs or all without: then its recipe says that it holds
/// questions alone (has_answers()), and a note does.
class ArcSet {
 public:
  explicit ArcSet(const ImportJob& job) : set_(job.out, job.force) {}

  /// Throws DataError as ImportedSet does, and for one of the other kind than those before it.
  void add(const Episode& episode);
  void finish(std::string_view format, const ImportJob& job);

 private:
  ImportedSet set_;
  std::optional<bool> answered_;
};

}  // namespace recombine
