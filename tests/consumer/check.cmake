# Installs BUILD's libraries into FOLDER, builds the consumer against them, and compares what it prints
# (FOLDER/printed.txt) with EXPECTED.

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${FOLDER})
run(${CMAKE_COMMAND} --install ${BUILD} --component development --prefix ${FOLDER}/prefix)
run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${FOLDER}/build -G Ninja -D CMAKE_PREFIX_PATH=${FOLDER}/prefix
    -D CMAKE_CXX_COMPILER=${COMPILER})
run(${CMAKE_COMMAND} --build ${FOLDER}/build)
run(${FOLDER}/build/consumer)
file(WRITE ${FOLDER}/printed.txt "${output}")
run(${CMAKE_COMMAND} -E compare_files ${FOLDER}/printed.txt ${EXPECTED})
