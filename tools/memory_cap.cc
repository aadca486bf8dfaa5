#include "tools/memory_cap.h"

#include <cerrno>
#include <cstring>
#include <limits>
#include <string_view>

#include <sys/resource.h>

#include "data/error.h"
#include "data/text.h"

namespace recombine {
namespace {

constexpr std::string_view kUnits = "KMGkmg";
constexpr unsigned kBitsAUnit = 10;

}  // namespace

std::uint64_t memory_size(const std::string& text) {
  const std::size_t unit = text.empty() ? std::string_view::npos : kUnits.find(text.back());
  const auto bits =
      static_cast<unsigned>(unit == std::string_view::npos ? 0 : kBitsAUnit * (unit % 3 + 1));
  const auto number = parse_number<std::uint64_t>(text.substr(0, text.size() - (bits > 0 ? 1 : 0)));
  require(number.has_value() && *number > 0 &&
              *number <= std::numeric_limits<std::uint64_t>::max() >> bits,
          "--memory ", text, ": must be bytes above 0, such as 512M or 2G");
  return *number << bits;
}

void cap_memory(const std::string& text) {
  if (text.empty()) return;
  const std::uint64_t bytes = memory_size(text);
  rlimit limit{};
  const bool known = ::getrlimit(RLIMIT_DATA, &limit) == 0;
  if (known && limit.rlim_cur <= bytes) return;  // a lower cap is there
  limit.rlim_cur = bytes;
  limit.rlim_max = bytes;
  require_data(known && ::setrlimit(RLIMIT_DATA, &limit) == 0, "--memory ", text, ": ",
               std::strerror(errno));
}

}  // namespace recombine
