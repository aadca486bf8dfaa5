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

/// White, of so many pixels.
cv::Mat white_paper(int height, int width);

struct LetterStyle {
  double pixels = 13;  ///< the height of a line; capitals are 0.73 of it
  bool bold = false;
  bool strokes = false;  ///< OpenCV's own letters, whatever font there is
};

/// Letters of the font (eval/drawing/font.h), or OpenCV's where there is none; `at` is the left end
/// of the line on which they stand.
void write_letters(
    cv::Mat& image, const std::string& text, cv::Point at, const LetterStyle& style, Rgb ink);

/// Width, and height of capitals, in pixels.
cv::Size text_extent(const std::string& text, const LetterStyle& style);

/// The picture as a file. Throws InputError where it is too large for one.
Png encode_png(const cv::Mat& image);

}  // namespace recombine
