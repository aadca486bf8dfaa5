// What libFuzzer calls (https://llvm.org/docs/LibFuzzer.html). RECOMBINE_FUZZ_TARGET names the
// target, or is --list; RECOMBINE_FUZZ_SEEDS, where it is given, a folder that gets the target's
// corpus first.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "data/error.h"
#include "data/storage/hash.h"
#include "tests/fuzz/target.h"

namespace {

const recombine::FuzzTarget& chosen_target() {
  static const recombine::FuzzTarget kTarget = [] {
    const char* name = std::getenv("RECOMBINE_FUZZ_TARGET");
    if (name != nullptr && std::string_view(name) == "--list") {
      for (const recombine::FuzzTarget& known : recombine::fuzz_targets())
        std::cout << known.name << "\n";
      std::exit(recombine::kDone);
    }
    try {
      return recombine::find_fuzz_target(name == nullptr ? "" : name);
    } catch (const recombine::InputError& error) {
      std::cerr << "RECOMBINE_FUZZ_TARGET: " << error.what() << "\n";
      std::exit(recombine::kWrongUse);
    }
  }();
  return kTarget;
}

}  // namespace

// NOLINTBEGIN(readability-identifier-naming): libFuzzer calls them so.
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  chosen_target();
  const char* folder = std::getenv("RECOMBINE_FUZZ_SEEDS");
  if (folder == nullptr) return 0;
  for (const std::string& seed : recombine::corpus_of(chosen_target())) {
    const auto file = std::filesystem::path(folder) / recombine::hex(recombine::xxh3(seed));
    std::ofstream(file, std::ios::binary) << seed;
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  recombine::run_fuzz_target(chosen_target(), {reinterpret_cast<const char*>(data), size});
  return 0;
}
// NOLINTEND(readability-identifier-naming)
