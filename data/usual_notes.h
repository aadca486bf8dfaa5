#pragma once
// Notes of options that several configs and verbs have in common.

#include "data/field_notes.h"

namespace recombine {

/// Of --threads, where `read_by` alone (all, where it is empty) use them.
inline FieldNotes threads_notes(const std::vector<std::string_view>& read_by = {}) {
  return {.read_by = read_by, .range = between(0, 1024)};
}

inline FieldNotes device_notes() {
  return {.values = {"cpu", "cuda", {"auto", "a GPU where one works"}}};
}

inline FieldNotes precision_notes() {
  return {.values = {"float32", {"tf32", "on a GPU"}, {"bf16", "on a GPU"}}};
}

inline FieldNotes checkpoint_notes() {
  return {.values = {"last", {"best", "as the run's best-by chose it"}}, .or_else = "a step"};
}

}  // namespace recombine
