# The .deb and the .tar.gz of tools/package: everything that install.cmake installs, in one.

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_NAME recombine)
set(CPACK_PACKAGE_VENDOR "The Recombine authors")
set(CPACK_PACKAGE_CONTACT "The Recombine authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "data, training and scores for systematic generalization")
set(CPACK_PACKAGE_FILE_NAME recombine-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                                                WORLD_READ WORLD_EXECUTE)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Recombine makes Compositional-ARC episodes and worlds of two-hop facts, trains\n\
small networks on them and scores how well they recombine rules.\n\
Training needs LibTorch, which Debian does not have: `recombine train` says\n\
how to get it. What generates, scores and shows runs without.")
# Programs need what dpkg-shlibdeps finds; LibTorch, which no package has, it only needs to see.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
if(RECOMBINE_TORCH)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${RECOMBINE_TORCH_ROOT}/lib)
endif()
# To get LibTorch, and to compile against the libraries.
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "python3-venv, cmake, g++, libtbb-dev, libssl-dev, libzstd-dev, libxxhash-dev, \
zlib1g-dev, libsimdjson-dev, nlohmann-json3-dev, librandom123-dev, libopencv-imgproc-dev, \
libpng-dev, libfreetype-dev")

include(CPack)
