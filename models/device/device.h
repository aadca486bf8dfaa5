#pragma once
// Where tensors live, and what the process does for speed.

#include <functional>
#include <memory>
#include <string>

#include <torch/torch.h>

namespace recombine {

/// cpu, cuda or auto (a GPU where one works, else the CPU); of several GPUs number `index`. CUDA
/// code is loaded on first use from librecombine_cuda.so beside the program. Throws InputError
/// where cuda is asked for and cannot be had, or the name is none of the three.
torch::Device select_device(const std::string& name, int index = 0);

/// "NVIDIA H200" or "CPU": for run.json.
std::string device_text(torch::Device device);

/// The most memory of the GPU that this process held, in GiB.
double peak_memory(torch::Device device);
/// Gives back what of it is free, and begins to watch anew.
void release_memory(torch::Device device);

/// Keeps freed memory in the process: giving pages back and faulting them in again costs more than
/// the arithmetic of a small step. Call once, at the start of a program.
void tune_allocator();

/// Runs a training step. On the CPU it calls it; on a GPU it records the work of a step as a CUDA
/// graph and replays it, so that a step is one launch. The step must do the same work on the same
/// memory each time and must not wait for the device.
class StepRunner {
 public:
  virtual ~StepRunner() = default;
  virtual void run(const std::function<void()>& step) = 0;
};

std::unique_ptr<StepRunner> make_step_runner(torch::Device device);

}  // namespace recombine
