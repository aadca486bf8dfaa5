#pragma once
// Connections between the GPUs of several processes.

#include <chrono>

#include <c10/util/intrusive_ptr.h>

namespace c10d {
class Backend;
class Store;
}  // namespace c10d

namespace recombine {

/// NCCL's, for process `rank` of `ranks`, which meet in the store; each has a GPU of its own, that
/// of its tensors. They connect at their first use. Work fails after `limit`. Throws InputError
/// where librecombine_cuda.so was built without NCCL.
c10::intrusive_ptr<c10d::Backend> make_gpu_links(const c10::intrusive_ptr<c10d::Store>& store,
                                                 int rank,
                                                 int ranks,
                                                 std::chrono::milliseconds limit);

}  // namespace recombine
