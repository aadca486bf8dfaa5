#pragma once
// What a disk may hold after the power went: a model of files and folders whose bytes and names are
// safe only once they were synced.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/faults/system_calls.h"

namespace recombine {

/// A call with what its file held afterwards.
struct LoggedCall {
  SystemCall call;
  std::string bytes = {};
};

/// Which of what was not synced is on the disk all the same.
struct Survival {
  bool names = false;     ///< of files and folders
  double bytes = 0;       ///< the share of a file's unsynced bytes
  std::uint64_t lot = 0;  ///< not 0: each file and folder by lot, names and bytes
};

/// The ways in which every state is tried.
std::vector<Survival> survivals();

class DiskModel {
 public:
  /// What is below `folder` now, and safe.
  explicit DiskModel(const std::filesystem::path& folder);

  void apply(const LoggedCall& logged);
  /// Makes `folder`, which is not there, as the disk would be found.
  void write(const std::filesystem::path& folder, const Survival& survival) const;

 private:
  struct Node {
    bool folder = false;
    std::string safe = {};
    std::string now = {};
    std::map<std::string, std::size_t> safe_names = {};
    std::map<std::string, std::size_t> names = {};
  };

  std::size_t add(const std::filesystem::path& path);
  std::optional<std::size_t> find(const std::filesystem::path& path) const;
  /// The entry of a path: its folder's names, and its name.
  std::map<std::string, std::size_t>& names_around(const std::filesystem::path& path);
  void make(const std::filesystem::path& path, bool folder);
  void move(const SystemCall& call);
  void write_node(std::size_t number,
                  const std::filesystem::path& path,
                  const Survival& survival) const;

  std::filesystem::path root_;
  std::vector<Node> nodes_;
};

/// Remembers all calls below a folder.
class CallLog : public CallWatcher {
 public:
  using CallWatcher::CallWatcher;
  void made(const SystemCall& call) override;
  const std::vector<LoggedCall>& calls() const { return calls_; }

 private:
  std::vector<LoggedCall> calls_;
};

}  // namespace recombine
