#pragma once
// Where the LibTorch of the person who runs an installed program is. A build needs none of this:
// its recombine-train knows the folder that it was linked with.

#include <filesystem>

namespace recombine {

/// The release that recombine-train is built with.
inline constexpr const char* kLibtorchVersion = "2.11.0";

/// The torch folder of LibTorch's wheel: RECOMBINE_TORCH_ROOT where it is set, else where
/// tools/get-libtorch puts it for this user; empty where there is no LibTorch in it.
std::filesystem::path find_libtorch();

}  // namespace recombine
