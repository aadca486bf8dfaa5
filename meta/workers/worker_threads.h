#pragma once
// Threads that do one job side by side, each with a single intra-op thread.

#include <barrier>
#include <exception>
#include <functional>
#include <thread>
#include <vector>

namespace recombine {

/// `count` workers, of which the calling thread is number 0. On small models single-threaded
/// workers use the cores of a CPU far better than Torch's own threads do.
class WorkerThreads {
 public:
  /// Requires count >= 1.
  explicit WorkerThreads(int count);
  ~WorkerThreads();
  WorkerThreads(const WorkerThreads&) = delete;
  WorkerThreads& operator=(const WorkerThreads&) = delete;

  int count() const { return static_cast<int>(errors_.size()); }
  /// Calls job(worker) once on every worker and waits for all; throws what the first of them, by
  /// number, threw.
  void run(const std::function<void(int)>& job);

 private:
  void serve(int worker);
  void attempt(int worker);

  const std::function<void(int)>* job_ = nullptr;  ///< null: the threads end
  std::vector<std::exception_ptr> errors_;
  std::barrier<> begin_;
  std::barrier<> end_;
  std::vector<std::jthread> threads_;  ///< the last member: ends before what it uses
};

}  // namespace recombine
