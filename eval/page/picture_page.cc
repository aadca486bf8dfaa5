#include "eval/page/picture_page.h"

#include <nlohmann/json.hpp>

#include "eval/page/page.h"

namespace recombine {

std::string picture_page(std::string_view title, const std::string& picture) {
  return whole_page(title, filled("picture.html", {{"picture", picture}}), nullptr, {});
}

}  // namespace recombine
