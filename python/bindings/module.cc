// The module recombine._core.

#include <chrono>
#include <exception>
#include <optional>

#include "python/bindings/parts.h"
#include <nanobind/nanobind.h>
#include <unistd.h>

#include "data/error.h"
#include "data/progress.h"
#include "data/screen/interrupts.h"
#include "data/version.h"

namespace nb = nanobind;

namespace recombine::python {

namespace {

constexpr std::chrono::milliseconds kBetweenLooks{50};

/// What a signal's handler raised while the core was at work in this thread.
thread_local std::optional<nb::python_error> raised;  // NOLINT: between a callback and a translator

/// Whether a handler raised something: Ctrl-C's KeyboardInterrupt, a timeout's own. Python runs
/// handlers in the main thread alone.
bool is_raised() {
  static thread_local auto last = std::chrono::steady_clock::now();
  if (::gettid() != ::getpid()) return false;
  const auto now = std::chrono::steady_clock::now();
  if (now - last < kBetweenLooks) return false;
  last = now;
  const nb::gil_scoped_acquire locked;
  if (PyErr_CheckSignals() == 0) return false;
  raised.emplace();
  return true;
}

/// Interrupted becomes what the handler raised.
void translate_interrupted(const std::exception_ptr& thrown, void*) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Interrupted&) {
    if (!raised) throw;
    raised->restore();
    raised.reset();
  }
}

}  // namespace

void check_signals() { check_interrupted("nothing was kept; call it again"); }

}  // namespace recombine::python

NB_MODULE(_core, module) {
  module.doc() = "What recombine is made of; use the module recombine.";
  // Each object's making declares a class of Python's.
  // NOLINTBEGIN(bugprone-throw-keyword-missing,bugprone-unused-raii)
  nb::exception<recombine::InputError>(module, "InputError", PyExc_ValueError);
  nb::exception<recombine::DataError>(module, "DataError", PyExc_ValueError);
  nb::exception<recombine::Interrupted>(module, "Interrupted", PyExc_KeyboardInterrupt);
  // NOLINTEND(bugprone-throw-keyword-missing,bugprone-unused-raii)
  nb::register_exception_translator(recombine::python::translate_interrupted);
  recombine::also_ask(recombine::python::is_raised);
  module.attr("version") = recombine::version_text();
  module.attr("git_revision") = recombine::git_revision();
  recombine::python::add_episodes(module);
  recombine::python::add_facts(module);
  recombine::python::add_sources(module);
  recombine::python::add_answers(module);
  recombine::python::add_files(module);
}
