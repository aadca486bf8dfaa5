# What `cmake --install` and CPack put where; docs/INSTALL.md shows it from outside.
#   runtime      programs, configs, trained runs, documents
#   development  headers, static libraries without LibTorch, find_package(recombine)

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS recombine RUNTIME COMPONENT runtime)
# tools/hand_over.cc starts it from there, with the LibTorch of the person who runs it: no path of the machine
# that built it is left in the program.
foreach(target recombine-train recombine_cuda)
  if(TARGET ${target})
    install(TARGETS ${target} RUNTIME DESTINATION libexec/recombine COMPONENT runtime
                              LIBRARY DESTINATION libexec/recombine COMPONENT runtime)
  endif()
endforeach()
if(RECOMBINE_TORCH)
  foreach(program get-libtorch import-checkpoint export-checkpoint)
    install(PROGRAMS ${PROJECT_SOURCE_DIR}/tools/${program} DESTINATION libexec/recombine COMPONENT runtime)
  endforeach()
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/tools/checkpoints DESTINATION libexec/recombine COMPONENT runtime
          FILES_MATCHING PATTERN "*.py")
endif()

install(DIRECTORY ${PROJECT_SOURCE_DIR}/configs DESTINATION ${CMAKE_INSTALL_DATADIR}/recombine COMPONENT runtime)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/models/pretrained DESTINATION ${CMAKE_INSTALL_DATADIR}/recombine/models
        COMPONENT runtime)
foreach(document README.md CHANGELOG.md CONTRIBUTING.md CITATION.cff LICENSE docs)
  if(IS_DIRECTORY ${PROJECT_SOURCE_DIR}/${document})
    install(DIRECTORY ${PROJECT_SOURCE_DIR}/${document} DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/recombine
            COMPONENT runtime)
  else()
    install(FILES ${PROJECT_SOURCE_DIR}/${document} DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/recombine
            COMPONENT runtime)
  endif()
endforeach()
# Debian's name for it.
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/recombine RENAME copyright
        COMPONENT runtime)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/recombine)
foreach(name data generator eval)
  install(TARGETS recombine_${name} EXPORT recombine-targets ARCHIVE COMPONENT development
          INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/recombine)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/${name}/*.h)
  foreach(header IN LISTS headers)
    get_filename_component(folder ${header} DIRECTORY)
    install(FILES ${PROJECT_SOURCE_DIR}/${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/recombine/${folder}
            COMPONENT development)
  endforeach()
endforeach()
install(EXPORT recombine-targets NAMESPACE recombine:: DESTINATION ${package_folder} COMPONENT development)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/recombine-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/recombine-config-version.cmake
              ${PROJECT_SOURCE_DIR}/cmake/recombine-config.cmake
              ${PROJECT_SOURCE_DIR}/cmake/plain_libraries.cmake
        DESTINATION ${package_folder} COMPONENT development)

include(printed)
include(package)
