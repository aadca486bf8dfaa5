#include "eval/drawing/heat_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "eval/drawing/chart.h"

namespace recombine {
namespace {

// Cells of the scene.
constexpr double kMapCols = 5.8;
constexpr double kMapRows = 3;
constexpr double kMapMargin = 1.6;
constexpr double kMapTitle = 4;
constexpr double kMapHeader = 2.4;
constexpr int kNarrowest = 42;
constexpr double kLetterCols = 0.75;  ///< of a letter, at most

/// From white to dark blue.
Ink shade(double share) {
  const double part = std::clamp(share, 0.0, 1.0);
  const auto level = [&](double depth) {
    return static_cast<std::uint8_t>(std::lround(255 - depth * part));
  };
  return {{level(247), level(175), level(105)}};
}

std::string share_text(double share) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%.2f", share);  // NOLINT: two digits, no allocation
  return text.data();
}

double label_cols(const HeatMap& map) {
  std::size_t longest = 0;
  for (const std::string& row : map.rows) longest = std::max(longest, row.size());
  return std::max(13.0, kMapMargin + kLetterCols * static_cast<double>(longest) + 1);
}

double rows_of(const HeatMap& map) {
  return kMapTitle + kMapHeader + kMapRows * static_cast<double>(map.rows.size()) + kMapMargin;
}

double cols_of(const HeatMap& map) {
  return label_cols(map) + kMapCols * static_cast<double>(map.columns.size()) + kMapMargin;
}

void draw_share(Scene& scene, Spot corner, double share) {
  if (std::isnan(share)) return;
  const double right = corner.col + kMapCols;
  const double bottom = corner.row + kMapRows;
  const std::vector<Spot> box = {
      corner, {corner.row, right}, {bottom, right}, {bottom, corner.col}, corner};
  scene.areas.push_back({box, shade(share)});
  scene.strokes.push_back({box, kRuleInk, 0.1});
  const Ink ink = share > 0.55 ? Ink{{255, 255, 255}} : Ink{{30, 30, 30}};
  scene.labels.push_back(
      {{corner.row + 2, corner.col + kMapCols / 2}, share_text(share), ink, Anchor::kMiddle, 1.2});
}

void draw_map(Scene& scene, const HeatMap& map, double top) {
  scene.labels.push_back({{top + 2.6, kMapMargin}, map.title, kTextInk, Anchor::kStart, 1.4, true});
  const double first = top + kMapTitle + kMapHeader;
  const double left = label_cols(map);
  const auto column = [&](std::size_t col) { return left + kMapCols * static_cast<double>(col); };
  for (std::size_t col = 0; col < map.columns.size(); ++col) {
    scene.labels.push_back({{first - 0.8, column(col) + kMapCols / 2},
                            map.columns[col],
                            kFaintTextInk,
                            Anchor::kMiddle,
                            1.2});
  }
  for (std::size_t row = 0; row < map.rows.size(); ++row) {
    const double y = first + kMapRows * static_cast<double>(row);
    scene.labels.push_back({{y + 2, kMapMargin}, map.rows[row]});
    for (std::size_t col = 0; col < map.shares[row].size(); ++col)
      draw_share(scene, {y, column(col)}, map.shares[row][col]);
  }
}

}  // namespace

Scene heat_map_scene(std::span<const HeatMap> maps) {
  Scene scene;
  double height = 0;
  double width = kNarrowest;
  for (const HeatMap& map : maps) {
    draw_map(scene, map, height);
    height += rows_of(map);
    width = std::max({width, cols_of(map),
                      kMapMargin + kLetterCols * 1.1 * static_cast<double>(map.title.size())});
  }
  scene.rows = static_cast<int>(std::ceil(height + kMapMargin));
  scene.cols = static_cast<int>(std::ceil(width));
  return scene;
}

Png heat_map_png(std::span<const HeatMap> maps) {
  return scene_png(heat_map_scene(maps), {.cell = kChartCell});
}

}  // namespace recombine
