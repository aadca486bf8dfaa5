#pragma once
// The two kinds of failure that a person can cause, and the exit codes that go with them.

#include <sstream>
#include <stdexcept>
#include <string>

namespace recombine {

/// Exit codes of every program (docs: README, "Exit codes").
enum ExitCode : int {
  kDone = 0,        ///< done
  kAnswerIsNo = 1,  ///< done, and the answer is no: a failed verification, a parity mismatch
  kWrongUse = 2,    ///< an option, a value or a config is wrong
  kBadData = 3,     ///< data is bad, or a file cannot be read or written
  kInterrupted = 130,
};

/// Wrong use: an option, a value, a config. The message says what is wrong and what would be right.
class InputError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Bad data, or a file that cannot be read or written. The message begins with the file's name.
class DataError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The run was interrupted by a signal; what is on disk can be resumed.
class Interrupted : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// All arguments as one text.
template <class... Parts>
std::string cat(const Parts&... parts) {
  std::ostringstream text;
  (text << ... << parts);
  return text.str();
}

/// Throws InputError with the text of `parts` unless `condition` holds.
template <class... Parts>
void require(bool condition, const Parts&... parts) {
  if (!condition) throw InputError(cat(parts...));
}

/// Throws DataError with the text of `parts` unless `condition` holds.
template <class... Parts>
void require_data(bool condition, const Parts&... parts) {
  if (!condition) throw DataError(cat(parts...));
}

}  // namespace recombine
