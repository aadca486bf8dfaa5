#include "eval/drawing/plot.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "data/error.h"

namespace recombine {
namespace {

constexpr std::size_t kMostDots = 60;  ///< on a line

/// `figure` over so many times a power of ten: 1, 2, 5 or 10 of it, such that `most` have room.
double round_unit(double figure, double least, double most) {
  double power = least;
  while (figure / power > 10 * most) power *= 10;
  for (const double times : {1.0, 2.0, 5.0}) {
    if (figure / power <= times * most) return times * power;
  }
  return 10 * power;
}

void draw_across(Scene& scene, const PlotRoom& room, const PlotAxis& axis) {
  const double bottom = room.row + room.rows;
  for (const auto& [figure, text] : axis.ticks) {
    const double col = room.col + axis.part(figure) * room.cols;
    scene.strokes.push_back({{{room.row, col}, {bottom, col}}, kRuleInk, 0.05});
    scene.labels.push_back({{bottom + 1.8, col}, text, kFaintTextInk, Anchor::kMiddle});
  }
  if (!axis.title.empty()) {
    scene.labels.push_back(
        {{bottom + 3.7, room.col + room.cols}, axis.title, kFaintTextInk, Anchor::kEnd});
  }
}

void draw_up(Scene& scene, const PlotRoom& room, const PlotAxis& axis) {
  for (const auto& [figure, text] : axis.ticks) {
    const double row = room.row + (1 - axis.part(figure)) * room.rows;
    scene.strokes.push_back({{{row, room.col}, {row, room.col + room.cols}}, kRuleInk, 0.1});
    scene.labels.push_back({{row + 0.45, room.col - 0.8}, text, kFaintTextInk, Anchor::kEnd});
  }
}

}  // namespace

double PlotAxis::part(double figure) const {
  const double whole = logarithmic ? std::log(high / low) : high - low;
  const double done = logarithmic ? std::log(std::max(figure, low) / low) : figure - low;
  return whole > 0 ? std::clamp(done / whole, 0.0, 1.0) : 0.5;
}

PlotAxis share_axis(std::string title) {
  PlotAxis axis;
  axis.title = std::move(title);
  for (int fifth = 0; fifth <= 5; ++fifth)
    axis.ticks.emplace_back(fifth / 5.0, cat(20 * fifth, " %"));
  return axis;
}

PlotAxis figure_axis(double largest, std::string title) {
  if (largest <= 1) return share_axis(std::move(title));
  const double unit = round_unit(largest, 0.1, 6);
  PlotAxis axis;
  axis.title = std::move(title);
  axis.high = std::ceil(largest / unit) * unit;
  for (int line = 0; line <= std::lround(axis.high / unit); ++line)
    axis.ticks.emplace_back(line * unit, cat(line * unit));
  return axis;
}

PlotAxis step_axis(double first, double last, bool logarithmic, int most) {
  PlotAxis axis;
  axis.title = "step";
  axis.high = std::max(last, 1.0);
  axis.logarithmic = logarithmic;
  const auto add = [&](double tick) {
    axis.ticks.emplace_back(tick, std::to_string(static_cast<std::uint64_t>(tick)));
  };
  if (!logarithmic) {
    const double unit = round_unit(axis.high, 1, most);
    for (int tick = 0; tick * unit <= axis.high; ++tick) add(tick * unit);
    return axis;
  }
  axis.low = std::clamp(first, 1.0, axis.high);
  double power = 1;
  while (power <= axis.high) {
    for (const double digit : {1.0, 2.0, 5.0}) {
      if (digit * power >= axis.low && digit * power <= axis.high) add(digit * power);
    }
    power *= 10;
  }
  return axis;
}

Plot::Plot(Scene& scene, const PlotRoom& room, const PlotAxis& across, const PlotAxis& up)
    : scene_(scene), room_(room), across_(across), up_(up) {
  draw_across(scene, room, across);
  draw_up(scene, room, up);
  const double bottom = room.row + room.rows;
  const double right = room.col + room.cols;
  scene.strokes.push_back({{{room.row, room.col},
                            {room.row, right},
                            {bottom, right},
                            {bottom, room.col},
                            {room.row, room.col}},
                           kFaintTextInk,
                           0.08});
  if (!up.title.empty())
    scene.labels.push_back({{room.row - 0.8, room.col}, up.title, kFaintTextInk});
}

Spot Plot::at(double x, double y) const {
  return {room_.row + (1 - up_.part(y)) * room_.rows, room_.col + across_.part(x) * room_.cols};
}

void Plot::line(const Points& points, Ink ink, int dash) {
  StrokePart stroke{{}, ink, 0.2, dash};
  for (const auto& [x, y] : points) stroke.path.push_back(at(x, y));
  if (stroke.path.size() > 1) scene_.strokes.push_back(std::move(stroke));
  if (points.size() <= kMostDots) dots(points, ink, DotForm::kDisc, 0.3);
}

void Plot::band(const Points& points, const Points& low_high, Ink ink) {
  AreaPart area{{}, ink, 0.2};
  const std::size_t count = std::min(points.size(), low_high.size());
  for (std::size_t i = 0; i < count; ++i)
    area.outline.push_back(at(points[i].first, low_high[i].second));
  for (std::size_t i = count; i-- > 0;)
    area.outline.push_back(at(points[i].first, low_high[i].first));
  if (count > 1) scene_.areas.push_back(std::move(area));
}

void Plot::dots(const Points& points, Ink ink, DotForm form, double radius) {
  for (const auto& [x, y] : points) scene_.dots.push_back({at(x, y), radius, form, ink});
}

int draw_legend(Scene& scene, Spot at, std::span<const LegendEntry> entries, int columns) {
  const double width = (scene.cols - at.col) / columns;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto place = static_cast<int>(i);
    const int line = place / columns;
    const double row = at.row + 2.4 * line;
    const double col = at.col + width * (place % columns);
    scene.strokes.push_back({{{row, col}, {row, col + 2.6}}, entries[i].ink, 0.3, entries[i].dash});
    scene.labels.push_back({{row + 0.5, col + 3.4}, entries[i].name});
  }
  return static_cast<int>(
      std::ceil(2.4 * std::ceil(static_cast<double>(entries.size()) / columns)));
}

}  // namespace recombine
