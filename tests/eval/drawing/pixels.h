#pragma once
// A PNG as pixels again.

#include <opencv2/core/mat.hpp>
#include <png.h>

#include "data/png.h"

namespace recombine {

/// Its pixels, 8 bits of blue, green and red each; none where the bytes are no PNG.
inline cv::Mat pixels_of(const Png& png) {
  png_image file{};
  file.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&file, png.bytes.data(), png.bytes.size()) == 0) return {};
  file.format = PNG_FORMAT_BGR;
  cv::Mat pixels(static_cast<int>(file.height), static_cast<int>(file.width), CV_8UC3);
  const auto stride = static_cast<png_int_32>(pixels.step);
  const int done = png_image_finish_read(&file, nullptr, pixels.data, stride, nullptr);
  return done != 0 ? pixels : cv::Mat();
}

}  // namespace recombine
