#include "models/device/processor.h"

#include <fstream>

#include <ATen/Version.h>
#include <torch/version.h>

#include "data/text.h"

namespace recombine {
namespace {

/// "" where the system has no such file.
std::string processor_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(':');
    if (line.starts_with("model name") && colon != std::string::npos)
      return std::string(trim(line.substr(colon + 1)));
  }
  return "";
}

}  // namespace

std::string processor_text() {
  const std::string name = processor_name();
  return (name.empty() ? "" : name + ", ") + at::get_cpu_capability();
}

std::string libtorch_text() { return TORCH_VERSION; }

}  // namespace recombine
