#pragma once
// What all drawings made with OpenCV share: paper, letters, inks and the way into a file.

#include <string>

#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>

#include "eval/drawing/scene.h"

namespace recombine {

/// A colour in OpenCV's order: blue, green, red.
inline cv::Scalar bgr(Rgb colour) {
  return {double(colour.blue), double(colour.green), double(colour.red)};
}

/// The ink of the `number`-th of several things, from 0: of eight, then again from the first. Told
/// apart by people who do not see all colours (Okabe and Ito 2008).
Rgb ink_of(std::size_t number);

/// White, of so many pixels.
cv::Mat white_paper(int height, int width);

/// Smooth letters of one weight; `at` is the left end of the line on which they stand, and `size`
/// 1 for capitals of 22 pixels.
void write_text(cv::Mat& image, const std::string& text, cv::Point at, double size, Rgb ink);

/// The picture as a file, packed as tightly as the format allows.
Png encode_png(const cv::Mat& image);

}  // namespace recombine
