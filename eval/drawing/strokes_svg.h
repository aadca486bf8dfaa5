#pragma once
// The SVG form of what charts are made of.

#include <string>

#include "eval/drawing/scene.h"

namespace recombine {

/// The areas, strokes, dots and labels of a scene.
std::string strokes_svg(const Scene& scene, const DrawingStyle& style);

}  // namespace recombine
