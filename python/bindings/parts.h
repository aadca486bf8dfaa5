#pragma once
// The parts of the module: each adds its classes and functions. module.cc calls them.

#include "python/bindings/source.h"
#include <nanobind/nanobind.h>

namespace recombine::python {

void add_episodes(nanobind::module_& module);
void add_facts(nanobind::module_& module);
void add_sources(nanobind::module_& module);
void add_answers(nanobind::module_& module);
void add_files(nanobind::module_& module);

/// Lets a signal, such as Ctrl-C, end long work that runs without the interpreter: throws
/// Interrupted, which becomes what the signal's handler raised. Costs nothing when called often.
void check_signals();

}  // namespace recombine::python
