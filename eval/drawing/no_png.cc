// What asks for a PNG, in a build without OpenCV (RECOMBINE_OPENCV off).

#include "data/error.h"
#include "eval/drawing/chart.h"
#include "eval/drawing/heat_map.h"
#include "eval/drawing/scatter.h"
#include "eval/drawing/scene.h"

namespace recombine {
namespace {

[[noreturn]] Png refuse_png() {
  throw InputError(
      "PNG: this build draws none, as it has no OpenCV; a name that ends in .svg or .html, or a "
      "build by tools/setup, does");
}

}  // namespace

std::string png_library() { return "none"; }
Png scene_png(const Scene&, const DrawingStyle&) { refuse_png(); }
Png chart_png(std::span<const Curve>, const std::string&, bool) { refuse_png(); }
Png heat_map_png(std::span<const HeatMap>) { refuse_png(); }
Png scatter_png(std::span<const PointCloud>, const std::string&) { refuse_png(); }

}  // namespace recombine
