#pragma once
// JSON as programs write it, which is not always JSON: read, mended where that is needed, and what
// was mended is counted.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/json.h"

namespace recombine {

/// What was mended in a text, in signs of it.
struct JsonMends {
  std::uint64_t surrogates = 0;  ///< halves of pairs of UTF-16 ("\ud83d" alone), read as U+FFFD
  std::uint64_t bytes = 0;       ///< of strings, that are no UTF-8, read as U+FFFD
  std::uint64_t numbers = 0;     ///< NaN, Infinity, -Infinity, and numbers beyond a double (1e999)
  std::uint64_t controls = 0;    ///< signs below a blank in strings, kept as they are

  /// Signs that are not what was written.
  std::uint64_t replaced() const { return surrogates + bytes; }
  bool any() const { return surrogates + bytes + numbers + controls > 0; }
  JsonMends& operator+=(const JsonMends& other);

  friend bool operator==(const JsonMends&, const JsonMends&) = default;
};

struct LenientJson {
  Json json;           ///< discarded where the text cannot be read
  JsonMends mends;     ///< of a text that was read
  std::string reason;  ///< why it cannot be read; behind "line 3: ". Empty where it was read
  bool cut = false;    ///< the text ends inside a value

  bool good() const { return reason.empty(); }
};

/// Reads a text as JSON; where it is none, as Python's, JavaScript's and Go's libraries write it. A
/// byte order mark in front is passed over; numbers that JSON has none for are null. Texts that are
/// nested deeper than kMaxJsonLevels are not read.
LenientJson read_lenient_json(std::string_view text);

/// The objects and lists of a text that holds several one after the other, over any lines, with
/// blanks between them, as pretty-printing tools write them; the last may be cut. Nothing where
/// there is anything else between them.
std::vector<std::string_view> json_values(std::string_view text);

/// The objects and lists of a list that the text ends inside of; the last may be cut. Nothing where
/// there is anything but blanks and commas between them.
std::vector<std::string_view> cut_list_values(std::string_view text);

}  // namespace recombine
