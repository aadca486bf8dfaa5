#include "eval/drawing/raster.h"

#include <cmath>
#include <utility>

#include <opencv2/imgproc.hpp>
#include <png.h>

#include "data/error.h"
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
  png_image file{};
  file.version = PNG_IMAGE_VERSION;
  file.width = static_cast<png_uint_32>(image.cols);
  file.height = static_cast<png_uint_32>(image.rows);
  file.format = PNG_FORMAT_BGR;
  const auto stride = static_cast<png_int_32>(image.step);
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(file);
  std::string bytes(size, '\0');
  const int done =
      png_image_write_to_memory(&file, bytes.data(), &size, 0, image.data, stride, nullptr);
  require(done != 0, "PNG: ", image.cols, " x ", image.rows, " pixels: ", file.message);
  bytes.resize(size);
  return {std::move(bytes), image.rows, image.cols};
}

}  // namespace recombine
