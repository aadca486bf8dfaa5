#include "data/storage/metrics.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/text.h"

namespace recombine {
namespace {

/// Beyond it a step is not its double any more, by which curves are drawn.
constexpr std::uint64_t kMostSteps = std::uint64_t{1} << 53U;

bool is_row(const Json& row) {
  if (!row.is_object() || !row.contains("step") || !row.at("step").is_number_unsigned())
    return false;
  if (row.at("step").get<std::uint64_t>() > kMostSteps) return false;
  const auto validation = row.find("validation");
  return validation == row.end() ||
         (validation->is_object() && std::ranges::all_of(*validation, &Json::is_object));
}

}  // namespace

void read_metrics(const std::filesystem::path& file,
                  const std::function<void(const Json& row, std::string_view line)>& visit) {
  for (const std::string& line : split_text(read_file(file), '\n')) {
    const Json row = Json::parse(line, nullptr, false);
    if (is_row(row)) visit(row, line);
  }
}

}  // namespace recombine
