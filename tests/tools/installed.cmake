# Installs BUILD's programs into FOLDER: from there they run, and train finds the LibTorch that its user names (TORCH;
# empty in a build without), or says how to get it.

set(ENV{XDG_CACHE_HOME} ${FOLDER}/cache)  # a user who has none
set(ENV{RECOMBINE_TORCH_ROOT} "")
set(ENV{LD_LIBRARY_PATH} "")

# expect(CODE REGEX words...): what the installed program answers.
function(expect code regex)
  execute_process(COMMAND ${FOLDER}/prefix/bin/recombine ${ARGN} RESULT_VARIABLE got OUTPUT_VARIABLE output
                  ERROR_VARIABLE output)
  if(NOT got EQUAL code OR NOT output MATCHES "${regex}")
    message(FATAL_ERROR "recombine ${ARGN}: exit ${got}, not ${code} and '${regex}':\n${output}")
  endif()
endfunction()

file(REMOVE_RECURSE ${FOLDER})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --component runtime --prefix ${FOLDER}/prefix
                OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
expect(0 "^recombine [0-9.]+ " --version)
expect(0 "side" config print generate grids --config ${FOLDER}/prefix/share/recombine/configs/grids-mini.ini)
if(TORCH)
  expect(2 "^recombine train: needs LibTorch.*${FOLDER}/prefix/libexec/recombine/get-libtorch fetches it" train)
  set(ENV{RECOMBINE_TORCH_ROOT} ${TORCH})
  expect(0 "^usage: recombine train" train --help)
else()
  expect(2 "^recombine train: .*a build without Torch" train)
endif()
