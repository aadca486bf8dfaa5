// What asks for a PNG, in a build without OpenCV (RECOMBINE_OPENCV off).

#include "data/error.h"
#include "eval/drawing/scene.h"

namespace recombine {

std::string png_library() { return "none"; }

Png scene_png(const Scene&, const DrawingStyle&) {
  throw InputError(
      "PNG: this build draws none, as it has no OpenCV; a name that ends in .svg or .html, or a "
      "build by tools/setup, does");
}

}  // namespace recombine
