#pragma once
// The rows of a run's metrics.jsonl (docs/FORMAT.md, "Runs").

#include <filesystem>
#include <functional>
#include <string_view>

#include "data/json.h"

namespace recombine {

/// Calls visit(row, line) for each row that says its step, in the order of the file. Other lines
/// are left out, such as the half one that a killed run ends with. Throws DataError where there is
/// no file.
void read_metrics(const std::filesystem::path& file,
                  const std::function<void(const Json& row, std::string_view line)>& visit);

}  // namespace recombine
