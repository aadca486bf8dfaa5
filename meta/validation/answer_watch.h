#pragma once
// Watching over answers that take long.

#include <cstdint>
#include <functional>

namespace recombine {

/// Hears of `items` further items that are answered. Called by several threads, also at once; what
/// it throws ends the work.
using AnswerWatch = std::function<void(std::int64_t items)>;

}  // namespace recombine
