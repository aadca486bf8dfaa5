#pragma once
// Bytes as text.

#include <string>
#include <string_view>

namespace recombine {

/// Base64 as in RFC 4648, section 4, padded: what data URLs hold.
std::string base64(std::string_view bytes);

}  // namespace recombine
