# Installs BUILD's programs into FOLDER: from there they run, train finds the LibTorch that its user names (TORCH;
# empty in a build without) or says how to get it, completion completes, and there is a manual page.

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
expect(0 "depth-6" suite list)
expect(0 "side" config print generate grids --config ${FOLDER}/prefix/share/recombine/configs/grids-mini.ini)
if(TORCH)
  expect(2 "^recombine train: needs LibTorch.*${FOLDER}/prefix/libexec/recombine/get-libtorch fetches it" train)
  set(ENV{RECOMBINE_TORCH_ROOT} ${TORCH})
  expect(3 "nothing.safetensors: cannot be read" parity nothing.safetensors)  # said by recombine-train
else()
  expect(2 "^recombine train: .*a build without Torch" train)
endif()

set(share ${FOLDER}/prefix/share)
execute_process(COMMAND bash -c "source $0 && COMP_WORDS=(recombine gen) COMP_CWORD=1 && _recombine && echo $COMPREPLY"
                        ${share}/bash-completion/completions/recombine OUTPUT_VARIABLE output)
if(NOT output STREQUAL "generate\n")
  message(FATAL_ERROR "'recombine gen' is completed to '${output}'")
endif()
execute_process(COMMAND gzip -dc ${share}/man/man1/recombine.1.gz OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
file(STRINGS ${share}/zsh/site-functions/_recombine first LIMIT_COUNT 1)
if(NOT output MATCHES "[.]TH" OR NOT first STREQUAL "#compdef recombine")
  message(FATAL_ERROR "no manual page, or no completion for zsh")
endif()
