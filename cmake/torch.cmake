# LibTorch out of the PyPI wheel, without the wheel's own CMake files (they insist on a CUDA toolkit).
# recombine-train links the CPU libraries alone.

if(NOT RECOMBINE_TORCH_ROOT)
  if(DEFINED ENV{RECOMBINE_TORCH_ROOT})
    set(RECOMBINE_TORCH_ROOT $ENV{RECOMBINE_TORCH_ROOT})
  else()
    set(cache $ENV{XDG_CACHE_HOME})
    if(NOT cache)
      set(cache $ENV{HOME}/.cache)
    endif()
    file(GLOB RECOMBINE_TORCH_ROOT ${cache}/recombine/libtorch-2.11.0/lib/python3*/site-packages/torch)
  endif()
endif()
if(NOT EXISTS ${RECOMBINE_TORCH_ROOT}/lib/libtorch_cpu.so)
  message(FATAL_ERROR "No LibTorch found; run tools/setup, or configure with the preset 'fast' "
                      "(no Torch), or give -DRECOMBINE_TORCH_ROOT=<torch folder of the wheel>.")
endif()
message(STATUS "LibTorch: ${RECOMBINE_TORCH_ROOT}")
# The wheel has Gloo in libtorch_cpu.so, and not its headers; those of the system fit, and no library of it is linked.
find_path(RECOMBINE_GLOO_INCLUDE gloo/context.h)
if(NOT RECOMBINE_GLOO_INCLUDE)
  message(FATAL_ERROR "Not found: gloo/context.h (libgloo-dev); run tools/setup.")
endif()

# libtorch_cpu.so names libcudart.so.13 and libcupti.so.13, which two small wheels bring, and finds them itself;
# CMake names the folder of LibTorch in programs of the build, and takes it out of installed ones.
add_library(torch_cpu INTERFACE IMPORTED)
target_include_directories(torch_cpu SYSTEM INTERFACE
                           ${RECOMBINE_TORCH_ROOT}/include
                           ${RECOMBINE_TORCH_ROOT}/include/torch/csrc/api/include)
target_link_libraries(torch_cpu INTERFACE ${RECOMBINE_TORCH_ROOT}/lib/libtorch_cpu.so
                                          ${RECOMBINE_TORCH_ROOT}/lib/libc10.so)
target_link_options(torch_cpu INTERFACE -Wl,--allow-shlib-undefined)
