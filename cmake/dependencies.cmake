# Libraries of the system's packages; docs/ARCHITECTURE.md says what each is for.

find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(TBB REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(nlohmann_json REQUIRED)
find_package(cereal REQUIRED)
find_package(GTest REQUIRED)

find_path(RANDOM123_INCLUDE Random123/philox.h REQUIRED)

# recombine_plain_library(NAME header library): a library without CMake files of its own.
function(recombine_plain_library name header library)
  find_path(${name}_INCLUDE ${header} PATH_SUFFIXES opencv4 REQUIRED)
  find_library(${name}_LIBRARY ${library} REQUIRED)
  add_library(${name} INTERFACE IMPORTED)
  target_include_directories(${name} SYSTEM INTERFACE ${${name}_INCLUDE})
  target_link_libraries(${name} INTERFACE ${${name}_LIBRARY})
endfunction()
recombine_plain_library(zstd zstd.h zstd)
recombine_plain_library(xxhash xxhash.h xxhash)
# OpenCV's CMake files come only with all of its modules; three are enough.
recombine_plain_library(opencv_core opencv2/core.hpp opencv_core)
recombine_plain_library(opencv_imgproc opencv2/imgproc.hpp opencv_imgproc)
recombine_plain_library(opencv_imgcodecs opencv2/imgcodecs.hpp opencv_imgcodecs)
