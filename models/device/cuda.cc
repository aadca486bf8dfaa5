// librecombine_cuda.so: everything that needs CUDA. Loading it brings in libtorch_cuda.so, which
// registers its kernels by itself.

#include "models/device/cuda.h"

#include <string>

#include <ATen/cuda/CUDAContext.h>
#include <ATen/cuda/CUDAEvent.h>
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include "models/device/device.h"

namespace recombine {
namespace {

/// Runs the first steps as they are, on a stream of its own, so that every library has its work
/// space; records the next; replays from then on. Work that the caller enqueued before is done
/// before, work that it enqueues afterwards after.
class GraphRunner : public StepRunner {
 public:
  void run(const std::function<void()>& step) override {
    const c10::cuda::CUDAStream caller = c10::cuda::getCurrentCUDAStream();
    let_wait(stream_, caller);
    {
      const c10::cuda::CUDAStreamGuard guard(stream_);
      run_here(step);
    }
    let_wait(caller, stream_);
  }

 private:
  static constexpr int kWarmUp = 3;

  /// What is enqueued on `later` from now on waits for what is on `earlier` by now.
  void let_wait(const c10::cuda::CUDAStream& later, const c10::cuda::CUDAStream& earlier) {
    event_.record(earlier);
    event_.block(later);
  }

  void run_here(const std::function<void()>& step) {
    if (recorded_) {
      graph_.replay();
      return;
    }
    if (warm_up_ > 0) {
      --warm_up_;
      step();
      return;
    }
    stream_.synchronize();
    // The recorded step has memory of its own: what the first ones had is not needed twice.
    c10::cuda::CUDACachingAllocator::emptyCache();
    // Other threads make batches meanwhile; what they ask of the driver is not the step's.
    graph_.capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
    step();
    graph_.capture_end();
    recorded_ = true;
    graph_.replay();
  }

  c10::cuda::CUDAStream stream_ = c10::cuda::getStreamFromPool();
  at::cuda::CUDAEvent event_;
  at::cuda::CUDAGraph graph_;
  int warm_up_ = kWarmUp;
  bool recorded_ = false;
};

}  // namespace
}  // namespace recombine

extern "C" {

int recombine_cuda_devices() { return c10::cuda::device_count(); }

const char* recombine_cuda_name() {
  static const std::string kName = at::cuda::getDeviceProperties(0)->name;
  return kName.c_str();
}

recombine::StepRunner* recombine_cuda_step_runner() { return new recombine::GraphRunner; }
}
