# Libraries of the system's packages; docs/ARCHITECTURE.md says what each is for.

find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(TBB REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(nlohmann_json REQUIRED)
find_package(cereal REQUIRED)
if(RECOMBINE_TESTS)
  find_package(GTest REQUIRED)
endif()

include(plain_libraries)
if(NOT RECOMBINE_OPENCV)
  list(FILTER recombine_MISSING EXCLUDE REGEX "opencv|libpng|freetype")
endif()
if(recombine_MISSING)
  message(FATAL_ERROR "Not found: ${recombine_MISSING}; run tools/setup.")
endif()
