#pragma once
// Grids that come from Python.

#include <cstdint>

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>

#include "data/grid.h"

namespace recombine::python {

using GridInput = nanobind::
    ndarray<const std::uint8_t, nanobind::ndim<2>, nanobind::c_contig, nanobind::device::cpu>;

/// Throws InputError for what is not square, too large or has no colours.
Grid grid_from(const GridInput& array);

}  // namespace recombine::python
