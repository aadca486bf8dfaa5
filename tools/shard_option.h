#pragma once
// The value of --shard: one of several parts of some work.

#include <algorithm>
#include <string>

#include "data/error.h"
#include "data/storage/prediction.h"
#include "data/text.h"

namespace recombine {

/// Reads "2/7"; throws InputError.
inline PredictionPart read_shard(const std::string& text) {
  const auto slash = std::min(text.find('/'), text.size());
  const auto number = parse_number<int>(text.substr(0, slash));
  const auto of = parse_number<int>(text.substr(std::min(slash + 1, text.size())));
  require(number.has_value() && of.has_value() && *of >= 1 && *number >= 0 && *number < *of,
          "--shard ", text, ": must be k/K with k from 0 to K-1, such as 0/7");
  return {*number, *of};
}

/// The same where the option may be left out: all of the work.
inline PredictionPart read_part(const std::string& text) {
  return text.empty() ? PredictionPart{} : read_shard(text);
}

}  // namespace recombine
