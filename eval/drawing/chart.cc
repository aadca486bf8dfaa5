#include "eval/drawing/chart.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "data/error.h"
#include "eval/drawing/raster.h"

namespace recombine {
namespace {

// Pixels.
constexpr int kWidth = 900;
constexpr int kPlotHeight = 420;
constexpr int kLeft = 64;
constexpr int kRight = 24;
constexpr int kTop = 48;
constexpr int kAxis = 52;    ///< below the plot
constexpr int kLegend = 24;  ///< a line of the legend

/// The upright axis: from 0 to `top`, with a line every `unit`.
struct Scale {
  double top = 1;
  double unit = 0.2;

  bool of_shares() const { return top == 1; }
  int lines() const { return static_cast<int>(std::lround(top / unit)); }
};

/// Shares end at 1. Where a value is larger (a loss), the unit is 1, 2 or 5 times a power of ten,
/// and the axis is as many of them as have room for it, six at most.
Scale scale_for(std::span<const Curve> curves) {
  constexpr double kMost = 6;
  double largest = 1;
  for (const Curve& curve : curves) {
    for (const auto& [step, value] : curve.points) {
      if (std::isfinite(value)) largest = std::max(largest, value);
    }
  }
  if (largest <= 1) return {};
  double power = 0.1;
  while (largest / power > 10 * kMost) power *= 10;
  const double unit = largest / power <= kMost       ? power
                      : largest / power <= 2 * kMost ? 2 * power
                      : largest / power <= 5 * kMost ? 5 * power
                                                     : 10 * power;
  return {std::ceil(largest / unit) * unit, unit};
}

class Chart {
 public:
  Chart(std::span<const Curve> curves, bool log_steps)
      : curves_(curves),
        log_(log_steps),
        scale_(scale_for(curves)),
        image_(white_paper(kTop + kPlotHeight + kAxis + kLegend * rows_of_legend(), kWidth)) {
    for (const Curve& curve : curves) {
      for (const auto& [step, value] : curve.points) {
        last_ = std::max(last_, step);
        first_ = std::min(first_, std::max(step, 1.0));
      }
    }
  }

  cv::Mat draw(const std::string& title) {
    write(title, {kLeft, 28}, 0.62, {17, 17, 17});
    draw_axes();
    for (std::size_t i = 0; i < curves_.size(); ++i) draw_curve(i);
    return image_;
  }

 private:
  int rows_of_legend() const { return static_cast<int>(curves_.size() + 1) / 2; }

  int x_of(double step) const {
    const double part =
        log_ ? std::log(std::max(step, first_) / first_) / std::max(1e-9, std::log(last_ / first_))
             : step / last_;
    return kLeft + static_cast<int>(std::lround(part * (kWidth - kLeft - kRight)));
  }
  int y_of(double value) const {
    const double part = std::clamp(value / scale_.top, 0.0, 1.0);
    return kTop + static_cast<int>(std::lround((1 - part) * kPlotHeight));
  }

  void write(const std::string& text, cv::Point at, double size, Rgb colour) {
    write_text(image_, text, at, size, colour);
  }

  /// 1, 2 or 5 times a power of ten, at most eight of them.
  std::vector<double> ticks() const {
    std::vector<double> all;
    if (log_) {
      for (int power = 0; power < 12; ++power) {
        for (const double digit : {1.0, 2.0, 5.0}) all.push_back(digit * std::pow(10.0, power));
      }
      std::erase_if(all, [&](double tick) { return tick < first_ || tick > last_; });
      return all;
    }
    double power = 1;
    while (last_ / power > 80) power *= 10;
    const double unit = last_ / power <= 8    ? power
                        : last_ / power <= 16 ? 2 * power
                        : last_ / power <= 40 ? 5 * power
                                              : 10 * power;
    for (int tick = 0; tick * unit <= last_; ++tick) all.push_back(tick * unit);
    return all;
  }

  void draw_axes() {
    for (int line = 0; line <= scale_.lines(); ++line) {
      const double value = line * scale_.unit;
      const int y = y_of(value);
      cv::line(image_, {kLeft, y}, {kWidth - kRight, y}, bgr({225, 225, 225}), 1);
      const std::string text =
          scale_.of_shares() ? cat(std::lround(100 * value), " %") : cat(value);
      write(text, {10, y + 5}, 0.45, {80, 80, 80});
    }
    for (const double tick : ticks()) {
      const int x = x_of(tick);
      cv::line(image_, {x, kTop}, {x, kTop + kPlotHeight}, bgr({240, 240, 240}), 1);
      const std::string text = std::to_string(static_cast<std::uint64_t>(tick));
      write(text, {x - 4 * static_cast<int>(text.size()), kTop + kPlotHeight + 20}, 0.45,
            {80, 80, 80});
    }
    write("step", {kWidth - kRight - 34, kTop + kPlotHeight + 40}, 0.45, {80, 80, 80});
    cv::rectangle(image_, {kLeft, kTop}, {kWidth - kRight, kTop + kPlotHeight},
                  bgr({120, 120, 120}), 1);
  }

  void draw_curve(std::size_t number) {
    const Curve& curve = curves_[number];
    const cv::Scalar colour = bgr(ink_of(number));
    for (std::size_t i = 0; i < curve.points.size(); ++i) {
      const cv::Point here(x_of(curve.points[i].first), y_of(curve.points[i].second));
      cv::circle(image_, here, 3, colour, cv::FILLED, cv::LINE_AA);
      if (i == 0) continue;
      const auto& [step, value] = curve.points[i - 1];
      cv::line(image_, {x_of(step), y_of(value)}, here, colour, 2, cv::LINE_AA);
    }
    const int column = static_cast<int>(number % 2);
    const int x = kLeft + column * (kWidth - kLeft) / 2;
    const int y = kTop + kPlotHeight + kAxis + kLegend * static_cast<int>(number / 2);
    cv::line(image_, {x, y}, {x + 26, y}, colour, 3, cv::LINE_AA);
    write(curve.name, {x + 34, y + 5}, 0.48, {34, 34, 34});
  }

  std::span<const Curve> curves_;
  bool log_;
  Scale scale_;
  double first_ = 1e18;
  double last_ = 1;
  cv::Mat image_;
};

}  // namespace

Png chart_png(std::span<const Curve> curves, const std::string& title, bool log_steps) {
  return encode_png(Chart(curves, log_steps).draw(title));
}

}  // namespace recombine
