// The part of librecombine_cuda.so that joins the GPUs of several processes, where NCCL's header
// was found.

// LibTorch's headers offer NCCL only to those who say so.
#define USE_C10D_NCCL  // NOLINT

#include <cstdlib>
#include <utility>

#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include "models/device/cuda.h"

c10d::Backend* recombine_cuda_links(const c10::intrusive_ptr<c10d::Store>& store,
                                    int rank,
                                    int ranks,
                                    std::chrono::milliseconds limit) {
  // Errors come to who waits for the work. c10d's own threads would end the process for them.
  ::setenv("TORCH_NCCL_ASYNC_ERROR_HANDLING", "0", 0);
  ::setenv("TORCH_NCCL_ENABLE_MONITORING", "0", 0);
  ::setenv("TORCH_NCCL_DUMP_ON_TIMEOUT", "0", 0);
  auto options = c10d::ProcessGroupNCCL::Options::create();
  options->timeout = limit;
  c10::intrusive_ptr<c10d::Backend> links =
      c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, ranks, std::move(options));
  return links.release();
}
