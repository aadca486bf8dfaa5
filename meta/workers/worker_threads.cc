#include "meta/workers/worker_threads.h"

#include <utility>

#include <ATen/Context.h>
#include <ATen/Parallel.h>

namespace recombine {
namespace {

/// Both are settings of the thread that calls. Gradients of what is learned well are below 1e-38,
/// where a processor may take a hundred times as long for an operation: they count as 0.
void tune_thread() {
  at::set_num_threads(1);
  at::Context::setFlushDenormal(true);
}

}  // namespace

WorkerThreads::WorkerThreads(int count) : begin_(count), end_(count) {
  errors_.resize(static_cast<std::size_t>(count));
  tune_thread();
  for (int worker = 1; worker < count; ++worker) {
    threads_.emplace_back([this, worker] { serve(worker); });
  }
}

WorkerThreads::~WorkerThreads() {
  job_ = nullptr;
  begin_.arrive_and_wait();
}

void WorkerThreads::run(const std::function<void(int)>& job) {
  job_ = &job;
  begin_.arrive_and_wait();
  attempt(0);
  end_.arrive_and_wait();
  std::exception_ptr first;
  for (std::exception_ptr& error : errors_) {
    const std::exception_ptr thrown = std::exchange(error, nullptr);
    if (first == nullptr) first = thrown;
  }
  if (first != nullptr) std::rethrow_exception(first);
}

void WorkerThreads::serve(int worker) {
  tune_thread();
  while (true) {
    begin_.arrive_and_wait();
    if (job_ == nullptr) return;
    attempt(worker);
    end_.arrive_and_wait();
  }
}

void WorkerThreads::attempt(int worker) {
  try {
    (*job_)(worker);
  } catch (...) {
    errors_[static_cast<std::size_t>(worker)] = std::current_exception();
  }
}

}  // namespace recombine
