#pragma once
// A disk that takes nothing, for a test.

#include <csignal>

#include <sys/resource.h>

namespace recombine {

/// While it is there no file of this process gets longer: writing fails (EFBIG).
class NoFileGrows {
 public:
  NoFileGrows() : signal_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = 0;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~NoFileGrows() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_);
  }
  NoFileGrows(const NoFileGrows&) = delete;
  NoFileGrows& operator=(const NoFileGrows&) = delete;

 private:
  void (*signal_)(int);
  rlimit before_{};
};

}  // namespace recombine
