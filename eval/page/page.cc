#include "eval/page/page.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/visible_text.h"
#include "eval/page/assets.h"
#include "eval/scoring/reading_notes.h"

namespace recombine {
namespace {

/// The text of the file of this folder with this name. A mistake of the program where there is
/// none.
std::string_view text_of_asset(std::string_view name) {
  const std::span<const EmbeddedFile> files = page_files();
  const auto found = std::ranges::find(files, name, &EmbeddedFile::name);
  require(found != files.end(), "pages have no file ", name);
  return found->text;
}

}  // namespace

std::string filled(std::string_view name, const Slots& slots) {
  std::string_view rest = text_of_asset(name);
  std::string text;
  for (std::size_t open = rest.find("{{"); open != std::string_view::npos; open = rest.find("{{")) {
    const std::size_t close = rest.find("}}", open);
    require(close != std::string_view::npos, name, ": a place without its end");
    const std::string_view place = rest.substr(open + 2, close - open - 2);
    const auto slot = std::ranges::find(slots, place, &Slots::value_type::first);
    require(slot != slots.end(), name, ": nothing for the place ", place);
    text.append(rest.substr(0, open)).append(slot->second);
    rest.remove_prefix(close + 2);
  }
  return text.append(rest);
}

std::string script_json(const Json& json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    if (c == '<') {
      safe += "\\u003c";
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string whole_page(std::string_view title,
                       std::string_view body,
                       const Json& data,
                       std::span<const std::string_view> scripts) {
  std::string script;
  for (const std::string_view name : scripts) script.append(text_of_asset(name)).append("\n");
  return filled("page.html", {{"title", html_escape(visible_text(title))},
                              {"style", std::string(text_of_asset("style.css"))},
                              {"body", std::string(body)},
                              {"data", script_json(data)},
                              {"script", std::move(script)}});
}

std::string folded_tables(std::string_view title, std::span<const Table> tables) {
  std::string html;
  for (const Table& table : tables) html += html_table(table);
  return filled(
      "folded.html",
      {{"title", html_escape(visible_text(beginning_of(std::string(title))))}, {"tables", html}});
}

}  // namespace recombine
