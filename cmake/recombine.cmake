# How every target of the project is compiled, and one function a kind of target.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(RECOMBINE_CCACHE ccache)
if(RECOMBINE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
                                  CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
                                  ${RECOMBINE_CCACHE})
endif()

# -Wno-restrict: g++ 12 sees overlaps in "text" + std::string that are not there (GCC bug 105651).
add_library(recombine_options INTERFACE)
target_compile_options(recombine_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                                                   -Wno-sign-conversion -Wno-restrict -Werror)
# The preset "fuzz" alone compiles with clang, which warns of other things; g++ keeps the tree clean.
target_compile_options(recombine_options INTERFACE $<$<CXX_COMPILER_ID:Clang>:-w>)
target_include_directories(recombine_options INTERFACE ${PROJECT_SOURCE_DIR})
if(RECOMBINE_SANITIZE)
  # -Wno-maybe-uninitialized: with sanitizers g++ 12 finds it inside std::regex (GCC bug 105562).
  target_compile_options(recombine_options INTERFACE -Wno-maybe-uninitialized -fsanitize=${RECOMBINE_SANITIZE}
                                                     -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_definitions(recombine_options INTERFACE RECOMBINE_SANITIZED)
  target_link_options(recombine_options INTERFACE -fsanitize=${RECOMBINE_SANITIZE})
endif()

# recombine_unity(TARGET sources...): the sources of a folder are compiled as one, where RECOMBINE_UNITY asks for it.
# A library's headers are then read once a folder and not once a source, which is most of the time of a build.
# Left out are sources with flags of their own, and the folders that people add a source to, so that each may have
# its own `apply` and `kParameters`. CMake's own UNITY_BUILD names sources by absolute path, so that no two clones
# would share what ccache keeps.
function(recombine_unity target)
  if(NOT RECOMBINE_UNITY)
    return()
  endif()
  foreach(source IN LISTS ARGN)
    file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR} ${source})
    get_filename_component(folder ${path} DIRECTORY)
    get_source_file_property(options ${source} COMPILE_OPTIONS)
    get_source_file_property(definitions ${source} COMPILE_DEFINITIONS)
    if(options OR definitions OR folder MATCHES "/(transformations|providers|baselines)$" OR path MATCHES "^\\.\\.")
      continue()
    endif()
    string(MAKE_C_IDENTIFIER "${folder}" group)
    list(APPEND groups ${group})
    string(APPEND text_${group} "#include \"${path}\"\n")
    set_source_files_properties(${source} PROPERTIES HEADER_FILE_ONLY ON)
  endforeach()
  list(REMOVE_DUPLICATES groups)
  foreach(group IN LISTS groups)
    set(whole ${CMAKE_CURRENT_BINARY_DIR}/unity/${group}.cc)
    file(CONFIGURE OUTPUT ${whole} CONTENT "${text_${group}}" @ONLY)
    target_sources(${target} PRIVATE ${whole})
  endforeach()
endfunction()

# recombine_library(NAME DEPENDS <folders and libraries> PRIVATE <libraries of the sources alone>
#                   WITHOUT <sources that are left out>)
# makes the library of the present folder out of every source in and below it.
function(recombine_library name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;PRIVATE;WITHOUT" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/device/(cuda|nccl)\\.cc$")
  list(TRANSFORM ARG_WITHOUT PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  list(REMOVE_ITEM sources ${ARG_WITHOUT})
  if(NOT sources)  # a folder of headers alone, or one that is only begun
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/empty.cc)
    file(TOUCH ${sources})
  endif()
  add_library(recombine_${name} STATIC ${sources})
  recombine_unity(recombine_${name} ${sources})
  # Whoever links an installed library has neither our warnings nor the tree.
  target_link_libraries(recombine_${name} PUBLIC ${ARG_DEPENDS}
                                          PRIVATE $<BUILD_INTERFACE:recombine_options> ${ARG_PRIVATE})
  target_include_directories(recombine_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
  target_compile_features(recombine_${name} PUBLIC cxx_std_20)
  set_target_properties(recombine_${name} PROPERTIES EXPORT_NAME ${name})
  add_library(recombine::${name} ALIAS recombine_${name})
endfunction()
