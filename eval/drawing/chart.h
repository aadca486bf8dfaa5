#pragma once
// Curves over steps as a picture.

#include <span>
#include <string>

#include "eval/drawing/curves.h"
#include "eval/drawing/scene.h"

namespace recombine {

/// Figures over steps, a line a curve with its name in a legend; steps on a logarithmic axis where
/// `log_steps`. The upright axis is in per cent, 0 to 100; where a value is over 1, in plain
/// numbers from 0 to a round one that is no smaller than any. Requires at least one curve with a
/// point.
Png chart_png(std::span<const Curve> curves, const std::string& title, bool log_steps);

}  // namespace recombine
