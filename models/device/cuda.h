#pragma once
// What librecombine_cuda.so offers to the program that opens it.

#include <chrono>

#include <c10/util/intrusive_ptr.h>

namespace c10d {
class Backend;
class Store;
}  // namespace c10d

namespace recombine {
class StepRunner;
}

extern "C" {

/// GPUs that the driver finds; 0 where none works.
int recombine_cuda_devices();

/// Name of the first GPU; valid until the process ends.
const char* recombine_cuda_name();

/// A new runner that records steps as CUDA graphs; the caller owns it.
recombine::StepRunner* recombine_cuda_step_runner();

/// See make_gpu_links(); the caller owns them. Is not there in a library that was built without
/// NCCL's header.
c10d::Backend* recombine_cuda_links(const c10::intrusive_ptr<c10d::Store>& store,
                                    int rank,
                                    int ranks,
                                    std::chrono::milliseconds limit);
}
