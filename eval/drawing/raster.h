#pragma once
// What drawings made with OpenCV share.

#include <opencv2/core/types.hpp>

#include "eval/drawing/scene.h"

namespace recombine {

/// A colour in OpenCV's order: blue, green, red.
inline cv::Scalar bgr(Rgb colour) {
  return {double(colour.blue), double(colour.green), double(colour.red)};
}

}  // namespace recombine
