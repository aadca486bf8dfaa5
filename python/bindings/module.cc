// The module recombine._core.

#include "python/bindings/parts.h"
#include <nanobind/nanobind.h>

#include "data/error.h"
#include "data/version.h"

namespace nb = nanobind;

namespace recombine::python {

Pause signal_pause() {
  return [] {
    const nb::gil_scoped_acquire locked;
    if (PyErr_CheckSignals() != 0) throw nb::python_error();
  };
}

}  // namespace recombine::python

NB_MODULE(_core, module) {
  module.doc() = "What recombine is made of; use the module recombine.";
  nb::exception<recombine::InputError>(module, "InputError", PyExc_ValueError);
  nb::exception<recombine::DataError>(module, "DataError", PyExc_ValueError);
  nb::exception<recombine::Interrupted>(module, "Interrupted", PyExc_KeyboardInterrupt);
  module.attr("version") = recombine::version_text();
  module.attr("git_revision") = recombine::git_revision();
  recombine::python::add_episodes(module);
  recombine::python::add_facts(module);
  recombine::python::add_sources(module);
  recombine::python::add_answers(module);
  recombine::python::add_files(module);
}
