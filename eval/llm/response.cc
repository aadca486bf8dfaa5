#include "eval/llm/response.h"

#include <array>

namespace recombine {

std::string_view state_name(ResponseState state) {
  constexpr std::array<std::string_view, 5> kNames = {"answered", "ended otherwise", "cut off",
                                                      "refused", "provider error"};
  return kNames.at(static_cast<std::size_t>(state));
}

}  // namespace recombine
