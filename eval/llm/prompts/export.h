#pragma once
// From a data set to a folder of requests.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "eval/llm/config.h"
#include "eval/llm/estimate.h"
#include "eval/llm/request_files.h"

namespace recombine {

struct PromptJob {
  std::filesystem::path data;  ///< folder of a data set
  std::filesystem::path out;
  bool force = false;
  PromptConfig config;
  std::function<void(std::uint64_t done, std::uint64_t total)> watch = [](std::uint64_t,
                                                                          std::uint64_t) {};
};

struct ExportedPrompts {
  std::vector<WrittenFile> files;
  Estimate estimate;
};

/// Writes the requests, what their tool needs beside them, and prompts.json. The folder appears
/// whole or not at all; the same job gives the same bytes. Throws InputError and DataError.
ExportedPrompts export_prompts(const PromptJob& job);

}  // namespace recombine
