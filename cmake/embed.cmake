# Writes OUT, a C++ source with the texts of FILES, files in and below FOLDER: what FUNCTION gives, which HEADER declares
# to return a std::span<const EmbeddedFile> (data/storage/embedded_file.h). recombine_embed() of recombine.cmake calls it.
#   cmake -D OUT=FILE.cc -D FOLDER=configs/suite -D FILES="configs/suite/v1/a.ini;..."
#         -D HEADER=tools/suites/embedded.h -D FUNCTION=embedded_suite_files -P embed.cmake
set(entries "")
foreach(file IN LISTS FILES)
  file(RELATIVE_PATH path ${FOLDER} ${file})
  get_filename_component(folder "${path}" DIRECTORY)
  get_filename_component(name "${path}" NAME)
  file(READ ${file} text)
  string(APPEND entries "    EmbeddedFile{\"${folder}\", \"${name}\", R\"embedded(${text})embedded\"},\n")
endforeach()
file(WRITE ${OUT}.part "// Made by cmake/embed.cmake.
#include \"${HEADER}\"

namespace recombine {
namespace {

constexpr EmbeddedFile kEmbeddedFiles[] = {
${entries}};

}  // namespace

std::span<const EmbeddedFile> ${FUNCTION}() { return kEmbeddedFiles; }

}  // namespace recombine
")
file(RENAME ${OUT}.part ${OUT})
