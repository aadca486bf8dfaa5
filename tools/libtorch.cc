#include "tools/libtorch.h"

#include <cstdlib>
#include <string>

namespace recombine {
namespace fs = std::filesystem;

namespace {

/// Empty where the variable is not set.
fs::path folder_of(const char* variable) {
  const char* const value = std::getenv(variable);
  return value == nullptr ? fs::path() : fs::path(value);
}

bool has_libtorch(const fs::path& torch) {
  std::error_code error;
  return fs::exists(torch / "lib/libtorch_cpu.so", error);
}

fs::path cache_folder() {
  if (fs::path cache = folder_of("XDG_CACHE_HOME"); !cache.empty()) return cache;
  return folder_of("HOME") / ".cache";
}

}  // namespace

fs::path find_libtorch() {
  if (const fs::path named = folder_of("RECOMBINE_TORCH_ROOT"); !named.empty()) {
    return has_libtorch(named) ? named : fs::path();
  }
  const fs::path environment =
      cache_folder() / "recombine" / (std::string("libtorch-") + kLibtorchVersion);
  std::error_code error;
  for (const auto& python : fs::directory_iterator(environment / "lib", error)) {
    fs::path torch = python.path() / "site-packages/torch";
    if (has_libtorch(torch)) return torch;
  }
  return {};
}

}  // namespace recombine
