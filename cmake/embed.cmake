# Writes OUT, a C++ source with the texts of FILES: what text_of_asset() of eval/page/assets.h gives.
#   cmake -D OUT=FILE.cc -D FILES="a.html;b.css" -P embed.cmake
set(entries "")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  file(READ ${file} text)
  string(APPEND entries "    Asset{\"${name}\", R\"embedded(${text})embedded\"},\n")
endforeach()
file(WRITE ${OUT}.part "// Made by cmake/embed.cmake.
#include \"eval/page/assets.h\"

#include <algorithm>
#include <iterator>

#include \"data/error.h\"

namespace recombine {
namespace {

struct Asset {
  std::string_view name;
  std::string_view text;
};

constexpr Asset kAssets[] = {
${entries}};

}  // namespace

std::string_view text_of_asset(std::string_view name) {
  const auto* const found = std::ranges::find(kAssets, name, &Asset::name);
  require(found != std::end(kAssets), \"pages have no file \", name);
  return found->text;
}

}  // namespace recombine
")
file(RENAME ${OUT}.part ${OUT})
