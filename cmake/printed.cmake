# What shells and `man` read, printed by the program that they are about.

set(printed ${PROJECT_BINARY_DIR}/printed)
file(MAKE_DIRECTORY ${printed})
set(programs recombine)
if(TARGET recombine-train)
  list(APPEND programs recombine-train)
endif()
add_custom_command(OUTPUT ${printed}/recombine.bash ${printed}/_recombine ${printed}/recombine.1.gz
  COMMAND recombine completion bash > recombine.bash
  COMMAND recombine completion zsh > _recombine
  COMMAND recombine help --man > recombine.1
  COMMAND gzip -9 -n -f recombine.1
  DEPENDS ${programs}
  WORKING_DIRECTORY ${printed} COMMENT "Printing completions and the manual page" VERBATIM)
add_custom_target(recombine_printed ALL
                  DEPENDS ${printed}/recombine.bash ${printed}/_recombine ${printed}/recombine.1.gz)

install(FILES ${printed}/recombine.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT runtime)
install(FILES ${printed}/recombine.bash RENAME recombine COMPONENT runtime
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
# Zsh's own place, and the one where Debian's zsh looks below /usr.
foreach(folder site-functions vendor-completions)
  install(FILES ${printed}/_recombine DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${folder} COMPONENT runtime)
endforeach()
