# Writes OUT, a C++ source with the texts of FILES, files of the suites below FOLDER: what
# embedded_suite_files() of tools/suites/embedded.h gives.
#   cmake -D OUT=FILE.cc -D FOLDER=configs/suite -D FILES="configs/suite/v1/a.ini;..." -P embed_suites.cmake
set(entries "")
foreach(file IN LISTS FILES)
  file(RELATIVE_PATH path ${FOLDER} ${file})
  get_filename_component(suite ${path} DIRECTORY)
  get_filename_component(name ${path} NAME)
  file(READ ${file} text)
  string(APPEND entries "    EmbeddedFile{\"${suite}\", \"${name}\", R\"embedded(${text})embedded\"},\n")
endforeach()
file(WRITE ${OUT}.part "// Made by cmake/embed_suites.cmake.
#include \"tools/suites/embedded.h\"

namespace recombine {
namespace {

constexpr EmbeddedFile kSuiteFiles[] = {
${entries}};

}  // namespace

std::span<const EmbeddedFile> embedded_suite_files() { return kSuiteFiles; }

}  // namespace recombine
")
file(RENAME ${OUT}.part ${OUT})
