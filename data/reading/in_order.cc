#include "data/reading/in_order.h"

#include <atomic>
#include <exception>
#include <utility>

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_pipeline.h>

namespace recombine {
namespace {

/// What `make` gives; where it throws, something that throws the same when its turn has come: no
/// error travels through a pipeline, which would lose the parts that are under way.
template <class Make>
UseResult made_or_error(const Make& make) {
  try {
    return make();
  } catch (...) {
    return [thrown = std::current_exception()] { std::rethrow_exception(thrown); };
  }
}

/// A part that throws what is handled now.
WorkPart part_of_error() {
  return [thrown = std::current_exception()]() -> UseResult { std::rethrow_exception(thrown); };
}

}  // namespace

std::size_t thread_count(int threads) {
  return static_cast<std::size_t>(threads > 0 ? threads : tbb::info::default_concurrency());
}

void stream_in_order(int threads, const std::function<WorkPart()>& next) {
  namespace t = tbb;
  const std::size_t workers = thread_count(threads);
  if (workers == 1) {
    while (const WorkPart part = next()) part()();
    return;
  }
  const t::global_control limit(t::global_control::max_allowed_parallelism, workers);
  std::exception_ptr error;
  std::atomic<bool> ended = false;
  bool failed = false;  // only where `next` is called
  const auto take = [&](t::flow_control& control) {
    WorkPart part;
    if (!ended && !failed) {
      try {
        part = next();
      } catch (...) {
        failed = true;
        part = part_of_error();
      }
    }
    if (!part) control.stop();
    return part;
  };
  const auto work = [](const WorkPart& part) { return made_or_error(part); };
  const auto use_one = [&](const UseResult& use) {
    if (ended) return;
    try {
      use();
    } catch (...) {
      error = std::current_exception();
      ended = true;
    }
  };
  const auto serial = t::filter_mode::serial_in_order;
  t::parallel_pipeline(4 * workers,
                       t::make_filter<void, WorkPart>(serial, take) &
                           t::make_filter<WorkPart, UseResult>(t::filter_mode::parallel, work) &
                           t::make_filter<UseResult, void>(serial, use_one));
  if (error != nullptr) std::rethrow_exception(error);
}

}  // namespace recombine
