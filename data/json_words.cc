#include "data/json_words.h"

#include <string_view>

#include "data/error.h"

namespace recombine {

std::string json_words(const std::exception& error) {
  std::string_view words = error.what();
  if (!words.starts_with("[json.exception.")) return std::string(words);
  const std::size_t end = words.find("] ");
  if (end != std::string_view::npos) words.remove_prefix(end + 2);
  constexpr std::string_view kKey = "key '";
  constexpr std::string_view kNotFound = "' not found";
  if (words.starts_with(kKey) && words.ends_with(kNotFound)) {
    words.remove_prefix(kKey.size());
    words.remove_suffix(kNotFound.size());
    return cat("no \"", words, "\"");
  }
  return std::string(words);
}

}  // namespace recombine
