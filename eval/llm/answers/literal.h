#pragma once
// Python's literals, as far as lists of numbers need them: what the published reader evaluates.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

/// A value. Tuples, None and the like are kOther.
struct Literal {
  enum class Kind : std::uint8_t { kList, kNumber, kText, kOther };
  Kind kind = Kind::kOther;
  double number = 0;       ///< not a number for what is no colour: imaginary, infinite
  bool imaginary = false;  ///< a complex number; 0j compares equal to 0
  std::string text;
  std::vector<Literal> items;
};

/// The value that `text` is as a whole; nothing where it is no literal, or one of more than 10,000
/// parts.
std::optional<Literal> parse_literal(std::string_view text);

}  // namespace recombine
