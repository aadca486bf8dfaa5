#include "generator/writer/in_order.h"

#include <atomic>
#include <exception>

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_pipeline.h>

namespace recombine {

std::size_t thread_count(int threads) {
  return static_cast<std::size_t>(threads > 0 ? threads : tbb::info::default_concurrency());
}

void run_in_order(std::size_t parts,
                  int threads,
                  const std::function<std::function<void()>(std::size_t part)>& work) {
  namespace t = tbb;
  using Use = std::function<void()>;
  const std::size_t workers = thread_count(threads);
  if (workers == 1) {
    for (std::size_t part = 0; part < parts; ++part) work(part)();
    return;
  }
  const t::global_control limit(t::global_control::max_allowed_parallelism, workers);
  // No error travels through the pipeline: it would lose the parts that are under way.
  std::exception_ptr error;
  std::atomic<bool> ended = false;
  std::size_t next = 0;
  const auto number = [&](t::flow_control& control) {
    if (ended || next == parts) control.stop();
    return next == parts ? next : next++;
  };
  const auto make = [&](std::size_t part) -> Use {
    try {
      return work(part);
    } catch (...) {
      return [thrown = std::current_exception()] { std::rethrow_exception(thrown); };
    }
  };
  const auto use_one = [&](const Use& use) {
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
                       t::make_filter<void, std::size_t>(serial, number) &
                           t::make_filter<std::size_t, Use>(t::filter_mode::parallel, make) &
                           t::make_filter<Use, void>(serial, use_one));
  if (error != nullptr) std::rethrow_exception(error);
}

}  // namespace recombine
