#include "eval/page/figures.h"

#include "data/visible_text.h"
#include "eval/page/page.h"
#include "eval/scoring/reading_notes.h"

namespace recombine {
namespace {

std::string shown_text(std::string_view text) {
  return html_escape(visible_text(beginning_of(std::string(text))));
}

}  // namespace

std::string figure_html(std::string_view title,
                        std::string_view caption,
                        const Scene& scene,
                        const std::string& about,
                        int cell) {
  return filled("figure.html",
                {{"title", shown_text(title)},
                 {"caption", shown_text(caption)},
                 {"name", shown_text(title.empty() ? caption : title)},
                 {"picture", scene_svg(scene, {.cell = cell, .on_page = true, .about = about})}});
}

std::string figures_html(std::string_view title,
                         std::string_view note,
                         const std::string& figures) {
  return filled("figures.html",
                {{"title", shown_text(title)}, {"note", shown_text(note)}, {"figures", figures}});
}

std::string section_html(std::string_view id, std::string_view title, const std::string& body) {
  if (body.empty()) return {};
  return filled("section.html",
                {{"id", std::string(id)}, {"title", shown_text(title)}, {"body", body}});
}

}  // namespace recombine
