#include "data/storage/metrics.h"

#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "data/text.h"

namespace recombine {

void read_metrics(const std::filesystem::path& file,
                  const std::function<void(const Json& row, std::string_view line)>& visit) {
  for (const std::string& line : split_text(read_file(file), '\n')) {
    const Json row = Json::parse(line, nullptr, false);
    if (row.is_object() && row.contains("step")) visit(row, line);
  }
}

}  // namespace recombine
