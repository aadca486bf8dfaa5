#pragma once
// Queries answered in windows (windows.h), by the vote of several. Letters: docs/GLOSSARY.md.

#include "models/executor/executor.h"

namespace recombine {

/// As ExecutorModel::predict(), for grids of any side: each query is asked in several windows, in
/// which the object has different places, and the answer of most weight is taken. Where the
/// first few agree, no more are asked. For models that explain study sets by a library.
GridAnswers windowed_answers(const ExecutorModel& model, const GridBatch& batch);

}  // namespace recombine
