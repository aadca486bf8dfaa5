# find_package(recombine CONFIG [COMPONENTS data generator eval]): targets recombine::data, recombine::generator,
# and recombine::eval where OpenCV, libpng and FreeType are there.

include(CMakeFindDependencyMacro)
find_dependency(nlohmann_json)
find_dependency(OpenSSL COMPONENTS Crypto)
find_dependency(TBB)

include(${CMAKE_CURRENT_LIST_DIR}/plain_libraries.cmake)
set(recombine_data_FOUND TRUE)
set(recombine_generator_FOUND TRUE)
set(recombine_eval_FOUND TRUE)
if(recombine_MISSING MATCHES "opencv|libpng|freetype")
  set(recombine_eval_FOUND FALSE)
  list(FILTER recombine_MISSING EXCLUDE REGEX "opencv|libpng|freetype")
endif()
if(recombine_MISSING)
  set(recombine_FOUND FALSE)
  set(recombine_NOT_FOUND_MESSAGE "it needs ${recombine_MISSING}, which are not installed")
  return()
endif()

include(${CMAKE_CURRENT_LIST_DIR}/recombine-targets.cmake)
foreach(component IN LISTS recombine_FIND_COMPONENTS)
  if(recombine_FIND_REQUIRED_${component} AND NOT recombine_${component}_FOUND)
    set(recombine_FOUND FALSE)
    set(recombine_NOT_FOUND_MESSAGE "its part '${component}' is unknown, or needs OpenCV, libpng and FreeType, which are not installed")
  endif()
endforeach()
