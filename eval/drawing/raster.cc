#include "eval/drawing/raster.h"

#include <array>
#include <vector>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace recombine {

Rgb ink_of(std::size_t number) {
  static constexpr std::array<Rgb, 8> kInks = {{{0, 114, 178},
                                                {213, 94, 0},
                                                {0, 158, 115},
                                                {204, 121, 167},
                                                {230, 159, 0},
                                                {86, 180, 233},
                                                {90, 90, 90},
                                                {150, 120, 0}}};
  return kInks.at(number % kInks.size());
}

cv::Mat white_paper(int height, int width) {
  return {height, width, CV_8UC3, cv::Scalar::all(255)};
}

void write_text(cv::Mat& image, const std::string& text, cv::Point at, double size, Rgb ink) {
  cv::putText(image, text, at, cv::FONT_HERSHEY_SIMPLEX, size, bgr(ink), 1, cv::LINE_AA);
}

Png encode_png(const cv::Mat& image) {
  std::vector<unsigned char> bytes;
  cv::imencode(
      ".png", image, bytes,
      {cv::IMWRITE_PNG_COMPRESSION, 9, cv::IMWRITE_PNG_STRATEGY, cv::IMWRITE_PNG_STRATEGY_DEFAULT});
  return {std::string(bytes.begin(), bytes.end()), image.rows, image.cols};
}

}  // namespace recombine
