#pragma once
// Tasks of a suite on disk.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tools/suites/suite.h"

namespace recombine {

/// A task as it lies in a folder.
struct MadeTask {
  struct Set {
    std::string name;
    std::uint64_t count = 0;
    std::string digest;
  };
  std::vector<Set> sets;  ///< in the order of data_set_names()
  std::string digest;     ///< SHA-256 over a line "<name> <digest>" of each
};

struct MakeOptions {
  int threads = 0;  ///< 0: all cores; never changes the result
  bool quiet = false;
};

/// Whether the folder holds a whole task.
bool is_made(const std::filesystem::path& folder);

/// Reads the manifests of a task's sets. Throws DataError where there are none, or where a shard is
/// not what its manifest says.
MadeTask read_made(const std::filesystem::path& folder);

/// Throws DataError, naming the task and what is to be done, where it has other sets, counts or
/// another digest than the frozen one.
void require_frozen(const SuiteTask& task,
                    const MadeTask& made,
                    const std::filesystem::path& folder);

/// Throws DataError where a task that is not frozen was made of other options than it has now.
void require_options(const SuiteTask& task, const std::filesystem::path& folder);

/// Writes out/<task>/{train,val_id,...}, all at once or nothing; a task that is there is only
/// looked at, an interrupted one goes on where it was. Throws DataError where the digest is not the
/// frozen one (then nothing is left), or where the folder holds something else; InputError for a
/// recipe that gives no task; Interrupted.
MadeTask make_task(const SuiteTask& task,
                   const std::filesystem::path& out,
                   const MakeOptions& options);

/// The line of digests.txt: "depth-6 sha256:... train=4000 val_id=500".
std::string digest_line(const SuiteTask& task, const MadeTask& made);

}  // namespace recombine
