#include "data/base64.h"

#include <algorithm>
#include <cstdint>

namespace recombine {

std::string base64(std::string_view bytes) {
  constexpr std::string_view kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t word = 0;
    for (std::size_t j = i; j < i + 3; ++j) {
      const char byte = j < bytes.size() ? bytes[j] : '\0';
      word = word << 8U | static_cast<unsigned char>(byte);
    }
    const std::size_t letters = std::min<std::size_t>(bytes.size() - i, 3) + 1;
    for (std::size_t j = 0; j < 4; ++j)
      text += j < letters ? kLetters[word >> (18U - 6U * j) & 63U] : '=';
  }
  return text;
}

}  // namespace recombine
