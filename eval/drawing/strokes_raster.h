#pragma once
// The pixels of what charts are made of.

#include <opencv2/core/mat.hpp>

#include "eval/drawing/scene.h"

namespace recombine {

/// Draws the areas, strokes, dots and labels of a scene.
void draw_strokes(cv::Mat& image, const Scene& scene, const DrawingStyle& style);

}  // namespace recombine
