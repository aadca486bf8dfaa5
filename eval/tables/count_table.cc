#include "eval/tables/count_table.h"

#include "eval/tables/table.h"

namespace recombine {

std::uint64_t sum_of(const CountTable& counts) {
  std::uint64_t sum = 0;
  for (const auto& [value, count] : counts) sum += count;
  return sum;
}

std::string count_table_text(const std::string& title,
                             const CountTable& counts,
                             std::uint64_t whole,
                             int width) {
  Table table{{title, "count", "%"}, {}};
  for (const auto& [value, count] : counts) {
    const double share = whole == 0 ? 0 : static_cast<double>(count) / static_cast<double>(whole);
    table.rows.push_back({value, grouped(count), percent(share)});
  }
  return "\n" + aligned_text(table, width);
}

}  // namespace recombine
