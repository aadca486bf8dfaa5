#pragma once
// What librecombine_cuda.so offers to the program that opens it.

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
}
