#include "eval/drawing/strokes_svg.h"

#include <cmath>

#include "data/error.h"
#include "data/visible_text.h"
#include "eval/tables/table.h"

namespace recombine {
namespace {

/// To a hundredth of a pixel: longer numbers would be most of a page.
double rounded(double pixels) { return std::round(100 * pixels) / 100; }

class StrokeWriter {
 public:
  explicit StrokeWriter(const DrawingStyle& style) : style_(style) {}

  std::string operator()(const AreaPart& area) const {
    return cat("<path d=\"", path(area.outline), "z\" ", paint("fill", area.ink),
               area.opacity < 1 ? cat(R"( fill-opacity=")", area.opacity, "\"") : "", "/>\n");
  }

  std::string operator()(const StrokePart& stroke) const {
    std::string dashes;
    for (const double part : dash_pattern(stroke.dash))
      dashes += cat(dashes.empty() ? "" : " ", rounded(part * stroke.width * style_.cell));
    return cat("<path d=\"", path(stroke.path), R"(" fill="none" )", paint("stroke", stroke.ink),
               R"( stroke-width=")", rounded(stroke.width * style_.cell), "\"",
               dashes.empty() ? "" : cat(R"( stroke-dasharray=")", dashes, "\""), "/>\n");
  }

  std::string operator()(const DotPart& dot) const {
    const double size = dot.radius * style_.cell;
    const double x = dot.at.col * style_.cell;
    const double y = dot.at.row * style_.cell;
    const std::string ink = paint("fill", dot.ink);
    if (dot.form == DotForm::kDisc) {
      return cat(R"(<circle cx=")", rounded(x), R"(" cy=")", rounded(y), R"(" r=")", rounded(size),
                 "\" ", ink, "/>\n");
    }
    if (dot.form == DotForm::kSquare) {
      return cat(R"(<rect x=")", rounded(x - size), R"(" y=")", rounded(y - size), R"(" width=")",
                 rounded(2 * size), R"(" height=")", rounded(2 * size), "\" ", ink, "/>\n");
    }
    const double far = rounded(1.3 * size);
    return cat("<path d=\"M", rounded(x), " ", rounded(y - far), "l", far, " ", far, "l", -far, " ",
               far, "l", -far, " ", -far, "z\" ", ink, "/>\n");
  }

  std::string operator()(const LabelPart& label) const {
    const char* anchor = label.anchor == Anchor::kMiddle ? R"( text-anchor="middle")"
                         : label.anchor == Anchor::kEnd  ? R"( text-anchor="end")"
                                                         : "";
    return cat(R"(<text x=")", rounded(label.at.col * style_.cell), R"(" y=")",
               rounded(label.at.row * style_.cell), R"(" font-size=")",
               rounded(label.size * style_.cell), "\"", anchor,
               label.bold ? R"( font-weight="bold")" : "", " ", paint("fill", label.ink), ">",
               html_escape(visible_text(label.text)), "</text>\n");
  }

 private:
  /// A page's variables are of its style; programs that know none get the colour itself.
  std::string paint(std::string_view what, const Ink& ink) const {
    const std::string colour = colour_text(ink.rgb);
    if (!style_.on_page || ink.variable.empty()) return cat(what, "=\"", colour, "\"");
    return cat("style=\"", what, ":var(", ink.variable, ",", colour, ")\"");
  }

  std::string path(const std::vector<Spot>& spots) const {
    std::string text;
    for (const Spot& spot : spots) {
      text += cat(text.empty() ? "M" : "L", rounded(spot.col * style_.cell), " ",
                  rounded(spot.row * style_.cell));
    }
    return text;
  }

  const DrawingStyle& style_;
};

}  // namespace

std::string strokes_svg(const Scene& scene, const DrawingStyle& style) {
  const StrokeWriter write(style);
  std::string svg;
  for (const AreaPart& area : scene.areas) svg += write(area);
  for (const StrokePart& stroke : scene.strokes) svg += write(stroke);
  for (const DotPart& dot : scene.dots) svg += write(dot);
  for (const LabelPart& label : scene.labels) svg += write(label);
  return svg;
}

}  // namespace recombine
