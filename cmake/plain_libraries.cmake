# Libraries that have no CMake files of their own, as targets recombine::<name>. The build reads this, and so does
# the installed package: what is not there is named in recombine_MISSING, and they decide what that means.

set(recombine_MISSING)

# recombine_plain_library(NAME header [library])
function(recombine_plain_library name header)
  find_path(RECOMBINE_${name}_INCLUDE ${header} PATH_SUFFIXES opencv4 freetype2)
  mark_as_advanced(RECOMBINE_${name}_INCLUDE)
  set(found ${RECOMBINE_${name}_INCLUDE})
  if(ARGN AND found)
    find_library(RECOMBINE_${name}_LIBRARY ${ARGN})
    mark_as_advanced(RECOMBINE_${name}_LIBRARY)
    set(found ${RECOMBINE_${name}_LIBRARY})
  endif()
  if(NOT found)
    set(recombine_MISSING ${recombine_MISSING} ${name} PARENT_SCOPE)
  elseif(NOT TARGET recombine::${name})
    add_library(recombine::${name} INTERFACE IMPORTED)
    target_include_directories(recombine::${name} SYSTEM INTERFACE ${RECOMBINE_${name}_INCLUDE})
    target_link_libraries(recombine::${name} INTERFACE ${RECOMBINE_${name}_LIBRARY})
  endif()
endfunction()

recombine_plain_library(random123 Random123/philox.h)
recombine_plain_library(simdjson simdjson.h simdjson)
recombine_plain_library(zlib zlib.h z)
recombine_plain_library(zstd zstd.h zstd)
recombine_plain_library(xxhash xxhash.h xxhash)
# OpenCV's CMake files come only with all of its modules; two are enough. Its imgcodecs would load a hundred
# libraries of formats at every start of a program: libpng writes the one that is written.
recombine_plain_library(opencv_core opencv2/core.hpp opencv_core)
recombine_plain_library(opencv_imgproc opencv2/imgproc.hpp opencv_imgproc)
recombine_plain_library(libpng png.h png)
# Letters of PNGs.
recombine_plain_library(freetype ft2build.h freetype)
