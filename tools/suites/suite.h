#pragma once
// A suite: a named set of tasks, each of which is an INI file and a line of digests.txt
// (docs/SUITE.md).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/facts/config.h"
#include "generator/grids/config.h"
#include "generator/grids/run_config.h"
#include "generator/grids/split/split.h"

namespace recombine {

/// The file of a suite that names what each task has to come out as.
inline constexpr std::string_view kSuiteDigests = "digests.txt";

/// What a task was when the suite was frozen.
struct FrozenTask {
  struct Set {
    std::string name;
    std::uint64_t count = 0;
  };
  std::string digest;     ///< "sha256:...", over the digests of all sets (made.h)
  std::vector<Set> sets;  ///< in the order of data_set_names()
};

/// A task: what is made, and what of it is held out.
struct SuiteTask {
  std::string name;   ///< "depth-6"
  std::string about;  ///< the first comment of its file: "Held out: ..."
  bool facts = false;
  GridRunConfig run;
  GridConfig grids;
  SplitConfig split;
  FactConfig world;
  std::optional<FrozenTask> frozen;  ///< nothing where the task has no digest yet

  std::string_view family() const;
  /// What is held out: "depth", "size,side"; "composition" and the like of facts.
  std::string axis() const;
  /// Rows and columns of a grid where they are all alike in training; 0 of facts.
  int side() const { return facts ? 0 : grids.side; }
  /// Whether each query is known to have one answer.
  bool certified() const { return !facts && grids.is_certified(); }
};

struct Suite {
  std::string name;
  std::vector<SuiteTask> tasks;  ///< in the natural order of their names

  /// Null where there is none of this name.
  const SuiteTask* find(std::string_view task) const;
};

/// The suite of this name that the program has in itself; else the one in this folder. `only` names
/// the tasks that are wanted; empty: all. Throws InputError where there is none, for an unknown
/// task, or for an INI file that no task can have; DataError for a damaged digests.txt.
Suite open_suite(const std::string& name_or_folder, const std::vector<std::string>& only = {});

}  // namespace recombine
