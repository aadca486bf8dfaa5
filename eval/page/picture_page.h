#pragma once
// A picture as a page.

#include <string>
#include <string_view>

namespace recombine {

/// `picture` is an SVG.
std::string picture_page(std::string_view title, const std::string& picture);

}  // namespace recombine
