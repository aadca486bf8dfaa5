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
# The preset "fuzz" alone compiles with clang, which warns of other things; g++ keeps the tree clean. Whoever builds
# lean wants the module and no advice.
target_compile_options(recombine_options INTERFACE $<$<OR:$<CXX_COMPILER_ID:Clang>,$<BOOL:${RECOMBINE_LEAN}>>:-w>)
target_include_directories(recombine_options INTERFACE ${PROJECT_SOURCE_DIR})
if(RECOMBINE_SANITIZE)
  # -Wno-maybe-uninitialized: with sanitizers g++ 12 finds it inside std::regex (GCC bug 105562).
  target_compile_options(recombine_options INTERFACE -Wno-maybe-uninitialized -fsanitize=${RECOMBINE_SANITIZE}
                                                     -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(RECOMBINE_SANITIZE MATCHES "thread")  # g++ 12 warns of fences, which are in libraries' headers alone
    target_compile_options(recombine_options INTERFACE -Wno-tsan)
  endif()
  target_compile_definitions(recombine_options INTERFACE RECOMBINE_SANITIZED)
  target_link_options(recombine_options INTERFACE -fsanitize=${RECOMBINE_SANITIZE})
endif()

# recombine_unity(TARGET sources...): the sources of a folder are compiled as one, where RECOMBINE_UNITY asks for it.
# A library's headers are then read once a folder and not once a source, which is most of the time of a build.
# Left out are sources with flags of their own. CMake's own UNITY_BUILD names sources by absolute path, so that no two
# clones would share what ccache keeps. In the folder that people add most sources to each may have its own `apply`,
# `kParameters` and `kDirections`: there the words stand for names that the source's own name is part of.
function(recombine_unity target)
  if(NOT RECOMBINE_UNITY)
    return()
  endif()
  foreach(source IN LISTS ARGN)
    file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR} ${source})
    get_filename_component(folder ${path} DIRECTORY)
    get_source_file_property(options ${source} COMPILE_OPTIONS)
    get_source_file_property(definitions ${source} COMPILE_DEFINITIONS)
    if(options OR definitions OR path MATCHES "^\\.\\.")
      continue()
    endif()
    string(MAKE_C_IDENTIFIER "${folder}" group)
    list(APPEND groups ${group})
    set(before "")
    set(after "")
    if(folder MATCHES "/transformations$")
      get_filename_component(stem ${path} NAME_WE)
      foreach(word apply kParameters kDirections)
        string(APPEND before "#define ${word} ${word}_${stem}\n")
        string(APPEND after "#undef ${word}\n")
      endforeach()
      if(NOT text_${group})  # what has an `apply` of its own is read before
        set(before "#include <tuple>\n\n#include \"generator/grids/rules/registry.h\"\n${before}")
      endif()
    endif()
    string(APPEND text_${group} "${before}#include \"${path}\"\n${after}")
    set_source_files_properties(${source} PROPERTIES HEADER_FILE_ONLY ON)
  endforeach()
  list(REMOVE_DUPLICATES groups)
  foreach(group IN LISTS groups)
    set(whole ${CMAKE_CURRENT_BINARY_DIR}/unity/${group}.cc)
    get_property(written DIRECTORY PROPERTY recombine_unity_files)
    if(whole IN_LIST written)  # another target has sources of this folder, too
      set(whole ${CMAKE_CURRENT_BINARY_DIR}/unity/${group}_${target}.cc)
    endif()
    set_property(DIRECTORY APPEND PROPERTY recombine_unity_files ${whole})
    file(CONFIGURE OUTPUT ${whole} CONTENT "${text_${group}}" @ONLY)
    target_sources(${target} PRIVATE ${whole})
  endforeach()
endfunction()

# The search counts bits: one instruction of every x86-64 processor since 2008, a function without it. All targets
# that share compiled headers have it, as g++ asks for.
set(recombine_PROCESSOR)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  set(recombine_PROCESSOR -mpopcnt)
endif()

# recombine_plain(TARGET [SELDOM]): how a target without LibTorch is compiled. Where folders are compiled as one, the
# JSON library and the standard one are read once, and their compiled form is shared. SELDOM: nobody waits for this
# code, so that a lean build optimises it less.
function(recombine_plain target)
  # With compiled headers g++ 12 warns of copies inside std::string that are never made.
  target_compile_options(${target} PRIVATE ${recombine_PROCESSOR} -Wno-stringop-overflow -Wno-array-bounds)
  set(owner recombine_data)
  if(RECOMBINE_LEAN)
    if("SELDOM" IN_LIST ARGN)
      target_compile_options(${target} PRIVATE -O1)
      set(owner recombine_eval)
    else()
      target_compile_options(${target} PRIVATE -O2)
    endif()
  endif()
  # (Debug: TBB asks its users for a definition then, and a header is compiled with the same ones or not at all.)
  if(NOT RECOMBINE_UNITY OR NOT CMAKE_CXX_COMPILER_ID STREQUAL GNU OR CMAKE_BUILD_TYPE STREQUAL Debug)
    return()
  endif()
  if(target STREQUAL owner)
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <cmath> <cstdint> <filesystem> <functional>
                              <iostream> <map> <memory> <optional> <set> <span> <sstream> <string> <string_view>
                              <unordered_map> <unordered_set> <utility> <vector> <nlohmann/json.hpp>)
  else()
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
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

# recombine_embed(TARGET FUNCTION HEADER FOLDER files...): the texts of files in and below FOLDER as constants of the
# target; FUNCTION, declared in HEADER, gives them.
function(recombine_embed target function header folder)
  set(script ${PROJECT_SOURCE_DIR}/cmake/embed.cmake)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${function}.cc)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -D OUT=${out} -D FOLDER=${folder} "-DFILES=${ARGN}" -D HEADER=${header}
            -D FUNCTION=${function} -P ${script}
    DEPENDS ${ARGN} ${script} COMMENT "Embedding the files of ${folder}" VERBATIM)
  target_sources(${target} PRIVATE ${out})
  set_source_files_properties(${out} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()
