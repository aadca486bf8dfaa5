#pragma once
// Charts of a page.

#include <string>
#include <string_view>

#include "eval/drawing/scene.h"

namespace recombine {

/// A figure: text above a picture. `about` is what it says to those who do not see it.
std::string figure_html(std::string_view title,
                        std::string_view caption,
                        const Scene& scene,
                        const std::string& about,
                        int cell);

/// Figures under a heading with a note; all text but `figures`, which is HTML.
std::string figures_html(std::string_view title, std::string_view note, const std::string& figures);

/// A section with a heading; empty where `body`, which is HTML, is.
std::string section_html(std::string_view id, std::string_view title, const std::string& body);

}  // namespace recombine
