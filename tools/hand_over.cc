// Verbs that live in recombine-train are started by replacing the process, as git does.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string_view>

#include <unistd.h>

#include "tools/command.h"
#include "tools/torch_verbs.h"

namespace recombine {
namespace fs = std::filesystem;

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
  const fs::path program =
      fs::read_symlink("/proc/self/exe", error).parent_path() / "recombine-train";
  if (fs::exists(program)) {
    ::execv(program.c_str(), argv);
    std::perror("recombine: recombine-train cannot be started");
    std::exit(kBadData);
  }
  if (name == "bench") return;  // what needs no Torch is measured here
  std::fprintf(stderr,
               "recombine %s: recombine-train is not beside this program (a build without Torch); "
               "build the preset 'release'\n",
               words[verb]);
  std::exit(kWrongUse);
}

}  // namespace recombine
