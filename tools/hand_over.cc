// Verbs that live in recombine-train are started by replacing the process, as git does.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include <unistd.h>

#include "tools/command.h"
#include "tools/libtorch.h"
#include "tools/torch_verbs.h"

namespace recombine {
namespace fs = std::filesystem;

namespace {

[[noreturn]] void become(const fs::path& program, char** argv) {
  ::execv(program.c_str(), argv);
  std::perror("recombine: recombine-train cannot be started");
  std::exit(kBadData);
}

/// An installed recombine-train carries no path to LibTorch: every user has one of their own.
void show_libraries(const fs::path& folder) {
  std::string path = folder.string();
  if (const char* const others = std::getenv("LD_LIBRARY_PATH"); others != nullptr) {
    path += std::string(":") + others;
  }
  ::setenv("LD_LIBRARY_PATH", path.c_str(), 1);
}

/// Comes back where the program or its LibTorch is missing.
void become_installed(const fs::path& folder, char** argv) {
  if (!fs::exists(folder / "recombine-train")) return;
  const fs::path torch = find_libtorch();
  if (torch.empty()) return;
  show_libraries(torch / "lib");
  become(folder / "recombine-train", argv);
}

void say_what_is_missing(const char* verb, const fs::path& installed) {
  if (fs::exists(installed / "recombine-train")) {
    std::fprintf(
        stderr,
        "recombine %s: needs LibTorch %s, which is not here; %s fetches it (530 MB), or set "
        "RECOMBINE_TORCH_ROOT to the torch folder of its wheel\n",
        verb, kLibtorchVersion, (installed / "get-libtorch").c_str());
  } else {
    std::fprintf(
        stderr,
        "recombine %s: recombine-train is not beside this program (a build without Torch); "
        "build the preset 'release'\n",
        verb);
  }
}

}  // namespace

void hand_over_to_torch(int argc, char** argv) {
  const std::span<char* const> words(argv, static_cast<std::size_t>(argc));
  std::size_t verb = 1;
  if (words.size() > 2 && std::string_view(words[1]) == "help") verb = 2;
  if (words.size() > 3 && std::string_view(words[1]) == "config") verb = 3;
  if (words.size() <= verb) return;
  const std::string_view name = words[verb];
  const bool torch =
      std::ranges::any_of(kTorchVerbs, [&](const auto& entry) { return entry.name == name; });
  if (!torch) return;
  std::error_code error;
  const fs::path here = fs::read_symlink("/proc/self/exe", error).parent_path();
  if (fs::exists(here / "recombine-train")) become(here / "recombine-train", argv);
  const fs::path installed = here.parent_path() / "libexec/recombine";
  become_installed(installed, argv);
  if (name == "bench") return;  // what needs no Torch is measured here
  say_what_is_missing(words[verb], installed);
  std::exit(kWrongUse);
}

}  // namespace recombine
