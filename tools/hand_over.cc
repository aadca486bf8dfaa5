// Verbs that live in recombine-train are started by replacing the process, as git does.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include <unistd.h>

#include "data/error.h"
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

/// The folder of this program.
fs::path own_folder() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).parent_path();
}

/// Where an installed recombine-train is.
fs::path installed_beside(const fs::path& here) { return here.parent_path() / "libexec/recombine"; }

}  // namespace

std::string missing_torch_program() {
  const fs::path installed = installed_beside(own_folder());
  if (!fs::exists(installed / "recombine-train")) {
    return "recombine-train is not beside this program (a build without Torch); build the preset "
           "'release'";
  }
  return cat("needs LibTorch ", kLibtorchVersion, ", which is not here; ",
             (installed / "get-libtorch").string(),
             " fetches it (530 MB), or set RECOMBINE_TORCH_ROOT to the torch folder of its wheel");
}

void hand_over_to_torch(int argc, char** argv) {
  const std::span<char* const> words(argv, static_cast<std::size_t>(argc));
  std::size_t verb = 1;
  if (words.size() > 2 && std::string_view(words[1]) == "help") verb = 2;
  if (words.size() > 3 && std::string_view(words[1]) == "config") verb = 3;
  if (words.size() <= verb) return;
  const std::string_view name = words[verb];
  if (!is_torch_verb(name)) return;
  const fs::path here = own_folder();
  if (fs::exists(here / "recombine-train")) become(here / "recombine-train", argv);
  become_installed(installed_beside(here), argv);
  // What needs no Torch is done here: pages, configs, some benchmarks. The rest says what is
  // missing.
}

}  // namespace recombine
