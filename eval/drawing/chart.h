#pragma once
// Curves over steps as a picture.

#include <span>
#include <string>

#include "eval/curves.h"
#include "eval/drawing/scene.h"

namespace recombine {

/// Shares 0..1 over steps, a line a curve with its name in a legend; steps on a logarithmic axis
/// where `log_steps`. Requires at least one curve with a point.
Png chart_png(std::span<const Curve> curves, const std::string& title, bool log_steps);

}  // namespace recombine
