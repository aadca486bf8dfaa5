#pragma once
// What the scripts of a page read.

#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/json.h"

namespace recombine {

inline Json data_of_page(const std::string& html) {
  const std::string open = R"(<script type="application/json" id="data">)";
  const std::size_t begin = html.find(open);
  if (begin == std::string::npos) {
    ADD_FAILURE() << "the page has no data";
    return {};
  }
  const std::size_t end = html.find("</script>", begin);
  return Json::parse(html.substr(begin + open.size(), end - begin - open.size()));
}

}  // namespace recombine
