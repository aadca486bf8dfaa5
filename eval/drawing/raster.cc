#include "eval/drawing/raster.h"

#include <cmath>
#include <vector>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "eval/drawing/font.h"

namespace recombine {
namespace {

/// The scale of OpenCV's letters, whose capitals are 22 pixels high at 1.
double stroke_scale(const LetterStyle& style) { return style.pixels * 0.73 / 22; }

int stroke_font(const LetterStyle& style) {
  return style.bold ? cv::FONT_HERSHEY_DUPLEX : cv::FONT_HERSHEY_SIMPLEX;
}

/// Lays `ink` over a pixel, as much of it as `share` of 255 says.
void tint(cv::Vec3b& pixel, Rgb ink, int share) {
  const int parts[3] = {ink.blue, ink.green, ink.red};
  for (int i = 0; i < 3; ++i)
    pixel[i] =
        static_cast<unsigned char>((pixel[i] * (255 - share) + parts[i] * share + 127) / 255);
}

}  // namespace

cv::Mat white_paper(int height, int width) {
  return {height, width, CV_8UC3, cv::Scalar::all(255)};
}

void write_letters(
    cv::Mat& image, const std::string& text, cv::Point at, const LetterStyle& style, Rgb ink) {
  const auto drawn = style.strokes ? std::nullopt : font_text(text, style.pixels, style.bold);
  if (!drawn) {
    cv::putText(image, text, at, stroke_font(style), stroke_scale(style), bgr(ink), 1, cv::LINE_AA);
    return;
  }
  for (int row = 0; row < drawn->height; ++row) {
    for (int col = 0; col < drawn->width; ++col) {
      const int y = at.y + drawn->top + row;
      const int x = at.x + drawn->left + col;
      const int share =
          drawn->shares[static_cast<std::size_t>(row) * static_cast<std::size_t>(drawn->width) +
                        static_cast<std::size_t>(col)];
      if (share == 0 || y < 0 || x < 0 || y >= image.rows || x >= image.cols) continue;
      tint(image.at<cv::Vec3b>(y, x), ink, share);
    }
  }
}

cv::Size text_extent(const std::string& text, const LetterStyle& style) {
  if (const auto drawn = style.strokes ? std::nullopt : font_text(text, style.pixels, style.bold))
    return {drawn->advance, static_cast<int>(std::lround(0.73 * style.pixels))};
  int below = 0;
  return cv::getTextSize(text, stroke_font(style), stroke_scale(style), 1, &below);
}

Png encode_png(const cv::Mat& image) {
  std::vector<unsigned char> bytes;
  cv::imencode(
      ".png", image, bytes,
      {cv::IMWRITE_PNG_COMPRESSION, 9, cv::IMWRITE_PNG_STRATEGY, cv::IMWRITE_PNG_STRATEGY_DEFAULT});
  return {std::string(bytes.begin(), bytes.end()), image.rows, image.cols};
}

}  // namespace recombine
