#include "models/device/device.h"

#include <filesystem>

#include <c10/core/CachingDeviceAllocator.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <dlfcn.h>
#include <malloc.h>
#include <torch/csrc/distributed/c10d/Backend.hpp>
#include <torch/csrc/distributed/c10d/Store.hpp>

#include "data/error.h"
#include "models/device/cuda.h"
#include "models/device/gpu_links.h"

namespace recombine {
namespace {

/// The functions of librecombine_cuda.so; null where it is not there.
struct CudaLibrary {
  void* handle = nullptr;
  std::string problem;

  template <class Function>
  Function* function(const char* name) const {
    return handle == nullptr ? nullptr
                             : reinterpret_cast<Function*>(::dlsym(handle, name));  // NOLINT
  }
};

bool driver_is_there() {
  void* driver = ::dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL);
  if (driver == nullptr) return false;
  ::dlclose(driver);
  return true;
}

CudaLibrary open_library() {
  if (!driver_is_there()) return {nullptr, "no NVIDIA driver found on this machine"};
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto file = program.parent_path() / "librecombine_cuda.so";
  if (!std::filesystem::exists(file))
    return {nullptr, "librecombine_cuda.so is not beside the program (built without CUDA)"};
  void* handle = ::dlopen(file.c_str(), RTLD_NOW | RTLD_GLOBAL);
  if (handle == nullptr) return {nullptr, ::dlerror()};
  CudaLibrary library{handle, {}};
  auto* const count = library.function<decltype(recombine_cuda_devices)>("recombine_cuda_devices");
  if (count == nullptr || count() < 1) return {nullptr, "the NVIDIA driver finds no GPU"};
  return library;
}

const CudaLibrary& cuda_library() {
  static const CudaLibrary kLibrary = open_library();
  return kLibrary;
}

/// This thread's work goes there from now on.
torch::Device use_gpu(const CudaLibrary& library, int index) {
  auto* const count = library.function<decltype(recombine_cuda_devices)>("recombine_cuda_devices");
  const int devices = count == nullptr ? 0 : count();
  require(index < devices, "LOCAL_RANK ", index, ": this machine has ", devices,
          " GPUs; start at most a rank for each");
  const torch::Device device(torch::kCUDA, static_cast<torch::DeviceIndex>(index));
  c10::impl::VirtualGuardImpl(device.type()).setDevice(device);
  return device;
}

class DirectRunner : public StepRunner {
 public:
  void run(const std::function<void()>& step) override { step(); }
};

}  // namespace

torch::Device select_device(const std::string& name, int index) {
  require(name == "cpu" || name == "cuda" || name == "auto", "--device ", name,
          ": must be cpu, cuda or auto");
  if (name == "cpu") return torch::kCPU;
  const CudaLibrary& library = cuda_library();
  if (library.handle != nullptr) return use_gpu(library, index);
  require(name == "auto", "--device cuda: ", library.problem, "; use --device cpu");
  return torch::kCPU;
}

std::string device_text(torch::Device device) {
  if (!device.is_cuda()) return "CPU";
  auto* const name = cuda_library().function<decltype(recombine_cuda_name)>("recombine_cuda_name");
  return name == nullptr ? "CUDA" : name();
}

double peak_memory(torch::Device device) {
  constexpr double kGibibyte = 1 << 30;
  const auto stats = at::getDeviceAllocator(device.type())->getDeviceStats(device.index());
  return static_cast<double>(stats.reserved_bytes[0].peak) / kGibibyte;
}

void release_memory(torch::Device device) {
  c10::DeviceAllocator* const allocator = at::getDeviceAllocator(device.type());
  allocator->emptyCache();
  allocator->resetPeakStats(device.index());
}

void tune_allocator() {
  constexpr int kLarge = 1 << 30;
  ::mallopt(M_MMAP_THRESHOLD, kLarge);
  ::mallopt(M_TRIM_THRESHOLD, kLarge);
  ::mallopt(M_TOP_PAD, 64 << 20);
}

std::unique_ptr<StepRunner> make_step_runner(torch::Device device) {
  if (!device.is_cuda()) return std::make_unique<DirectRunner>();
  auto* const make =
      cuda_library().function<decltype(recombine_cuda_step_runner)>("recombine_cuda_step_runner");
  require(make != nullptr, "--device cuda: librecombine_cuda.so is of another version");
  return std::unique_ptr<StepRunner>(make());
}

c10::intrusive_ptr<c10d::Backend> make_gpu_links(const c10::intrusive_ptr<c10d::Store>& store,
                                                 int rank,
                                                 int ranks,
                                                 std::chrono::milliseconds limit) {
  const CudaLibrary& library = cuda_library();
  auto* const make = library.function<decltype(recombine_cuda_links)>("recombine_cuda_links");
  require(make != nullptr, library.problem.empty() ? "librecombine_cuda.so was built without NCCL"
                                                   : library.problem);
  return c10::intrusive_ptr<c10d::Backend>::reclaim(make(store, rank, ranks, limit));
}

}  // namespace recombine

/// MKL asks this of itself and gives processors of other makers slower kernels than their
/// instruction sets allow (AVX2 where there is AVX-512). It still looks at the instruction sets.
extern "C" __attribute__((visibility("default"))) int mkl_serv_intel_cpu_true() { return 1; }
