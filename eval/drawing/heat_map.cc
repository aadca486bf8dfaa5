#include "eval/drawing/heat_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include <opencv2/imgproc.hpp>

#include "eval/drawing/raster.h"

namespace recombine {
namespace {

// Pixels.
constexpr int kCellWidth = 58;
constexpr int kCellHeight = 30;
constexpr int kMapLabel = 130;
constexpr int kMapTitle = 40;
constexpr int kHeader = 24;
constexpr int kMapMargin = 16;
constexpr int kNarrowest = 420;

int height_of(const HeatMap& map) {
  return kMapTitle + kHeader + kCellHeight * static_cast<int>(map.rows.size()) + kMapMargin;
}

int width_of(const HeatMap& map) {
  return kMapLabel + kCellWidth * static_cast<int>(map.columns.size()) + kMapMargin;
}

/// From white to dark blue.
cv::Scalar shade(double share) {
  const double part = std::clamp(share, 0.0, 1.0);
  return {255 - 105 * part, 255 - 175 * part, 255 - 247 * part};
}

constexpr Rgb grey(int level) {
  const auto part = static_cast<std::uint8_t>(level);
  return {part, part, part};
}

std::string share_text(double share) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%.2f", share);  // NOLINT: two digits, no allocation
  return text.data();
}

void draw_cell(cv::Mat& image, cv::Point corner, double share) {
  const cv::Rect cell(corner, cv::Size(kCellWidth, kCellHeight));
  if (std::isnan(share)) return;
  cv::rectangle(image, cell, shade(share), cv::FILLED);
  cv::rectangle(image, cell, cv::Scalar::all(225), 1);
  write_text(image, share_text(share), corner + cv::Point(13, 20), 0.42,
             grey(share > 0.55 ? 255 : 30));
}

void draw_map(cv::Mat& image, const HeatMap& map, int top) {
  write_text(image, map.title, {kMapMargin, top + 26}, 0.5, grey(17));
  const int first = top + kMapTitle + kHeader;
  for (std::size_t col = 0; col < map.columns.size(); ++col) {
    write_text(image, map.columns[col],
               {kMapLabel + kCellWidth * static_cast<int>(col) + 8, first - 8}, 0.42, grey(90));
  }
  for (std::size_t row = 0; row < map.rows.size(); ++row) {
    const int y = first + kCellHeight * static_cast<int>(row);
    write_text(image, map.rows[row], {kMapMargin, y + 20}, 0.44, grey(50));
    for (std::size_t col = 0; col < map.columns.size(); ++col) {
      draw_cell(image, {kMapLabel + kCellWidth * static_cast<int>(col), y}, map.shares[row][col]);
    }
  }
}

}  // namespace

Png heat_map_png(std::span<const HeatMap> maps) {
  int height = kMapMargin;
  int width = kNarrowest;
  for (const HeatMap& map : maps) {
    height += height_of(map);
    width = std::max(width, width_of(map));
  }
  cv::Mat image = white_paper(height, width);
  int top = 0;
  for (const HeatMap& map : maps) {
    draw_map(image, map, top);
    top += height_of(map);
  }
  return encode_png(image);
}

}  // namespace recombine
