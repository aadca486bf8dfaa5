#pragma once
// The system calls by which this test program changes files, seen and made to fail: functions of
// the program stand before those of the C library (system_calls.cc).

#include <cstddef>
#include <filesystem>
#include <string>

namespace recombine {

enum class CallKind : std::uint8_t {
  kOpen,  ///< for writing
  kWrite,
  kTruncate,
  kSync,
  kSyncAll,  ///< of a file system
  kRename,
  kExchange,
  kMakeFolder,
  kRemove,
};

/// What was asked of the system, under the watched folder.
struct SystemCall {
  CallKind kind = CallKind::kOpen;
  std::filesystem::path path;
  std::filesystem::path to = {};  ///< of a new name
};

/// Sees the calls below a folder, of this thread and others, while it is there. One at a time.
class CallWatcher {
 public:
  explicit CallWatcher(std::filesystem::path below);
  virtual ~CallWatcher();
  CallWatcher(const CallWatcher&) = delete;
  CallWatcher& operator=(const CallWatcher&) = delete;

  const std::filesystem::path& below() const { return below_; }

  /// The error (errno) with which the call is to fail; 0: it is made.
  virtual int fault(const SystemCall& /*call*/) { return 0; }
  /// How much of a write is to be done.
  virtual std::size_t written(std::size_t bytes) { return bytes; }
  /// A call that was made and did not fail.
  virtual void made(const SystemCall& /*call*/) {}

 private:
  std::filesystem::path below_;
};

}  // namespace recombine
