#include "eval/page/report_page.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/text.h"
#include "eval/leaderboard/columns.h"
#include "eval/page/figures.h"
#include "eval/page/item_json.h"
#include "eval/page/page.h"
#include "eval/report/ceilings.h"
#include "eval/report/error_tables.h"
#include "eval/scoring/reading_notes.h"

namespace recombine {
namespace {

constexpr std::array<std::string_view, 11> kReportScripts = {
    "base.js",   "swatches.js", "words.js",  "cards.js",   "tables.js", "lead.js",
    "scores.js", "groups.js",   "errors.js", "gallery.js", "report.js"};

/// The rows as their own JSON has them, with the place of each one's report.
Json board_json(std::span<const LeaderboardRow> rows) {
  Json list = leaderboard_json(rows).at("rows");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    list[i]["report"] = rows[i].report;
    list[i]["label"] = table_cell(row_column("model"), rows[i], rows);
  }
  return list;
}

/// What a reader of scores must know: {"report", "split", "text"} each.
Json notes_json(const ReportSet& set) {
  Json notes = Json::array();
  for (std::size_t i = 0; i < set.reports.size(); ++i) {
    for (const auto& [name, scores] : set.reports[i].splits) {
      std::vector<std::string> texts = {scores.note, ceilings_text(name, scores.ceilings)};
      if (scores.published) texts.push_back(scores.published->note);
      for (const std::string& text : texts) {
        if (!text.empty())
          notes.push_back({{"report", i}, {"split", name}, {"text", beginning_of(text)}});
      }
    }
  }
  return notes;
}

Json page_json(const ReportPage& page) {
  Json json = {{"board", board_json(page.rows)},
               {"kinds", error_kinds_json()},
               {"palettes", palettes_json()},
               {"patterns", patterns_json()}};
  json["reports"] = Json::array();
  for (const Report& report : page.reports.reports) json["reports"].push_back(to_json(report));
  json["comparisons"] = Json::array();
  for (const Comparison& comparison : page.reports.comparisons)
    json["comparisons"].push_back(to_json(comparison));
  json["notes"] = notes_json(page.reports);
  json["sets"] = Json::array();
  PageRoom room;
  std::vector<std::string> folders;
  for (const PageSet& set : page.sets) folders.push_back(set.folder.string());
  const std::vector<std::string> titles = short_names(folders);
  for (std::size_t i = 0; i < page.sets.size(); ++i) {
    const std::size_t sets_left = page.sets.size() - i;
    PageRoom own{room.bytes / sets_left, room.study / sets_left};
    const PageRoom before = own;
    Json set = questions_json(page.sets[i], page.questions, own);
    room.bytes -= before.bytes - own.bytes;
    room.study -= before.study - own.study;
    set["title"] = titles[i];
    json["sets"].push_back(std::move(set));
  }
  json["look"] = look_json(page.look);
  return json;
}

/// What the board calls the report's predictor; its own name where the board has no row of it.
std::string label_of(const ReportPage& page, std::size_t report) {
  const auto row = std::ranges::find(page.rows, static_cast<int>(report), &LeaderboardRow::report);
  return row != page.rows.end() ? table_cell(row_column("model"), *row, page.rows)
                                : page.reports.reports[report].predictor.name;
}

std::string tables_of(const ReportPage& page, std::size_t place) {
  const Report& report = page.reports.reports[place];
  std::vector<Table> tables = report_tables(report);
  if (Table unread = unread_table(report); !unread.rows.empty()) {
    unread.header.front() = "answers that could not be read";
    tables.push_back(std::move(unread));
  }
  return folded_tables(cat(label_of(page, place), ", ", report.predictor.kind, ", ", report.family),
                       tables);
}

/// The calibrations of all reports, each on a set.
std::string calibrations(const ReportPage& page) {
  std::string html;
  for (std::size_t i = 0; i < page.reports.reports.size(); ++i) {
    for (const auto& [name, scores] : page.reports.reports[i].splits) {
      if (scores.calibration) {
        html += calibration_html(cat(beginning_of(label_of(page, i)), " on ", name),
                                 *scores.calibration);
      }
    }
  }
  return html;
}

std::string in_figures(const std::string& html) {
  return html.empty() ? "" : filled("figure_list.html", {{"figures", html}});
}

}  // namespace

std::string report_page(const ReportPage& page) {
  std::string tables;
  for (std::size_t i = 0; i < page.reports.reports.size(); ++i) tables += tables_of(page, i);
  if (!page.reports.comparisons.empty()) {
    const std::array compared = {comparison_table(page.reports.comparisons)};
    tables += folded_tables("Comparisons of each two", compared);
  }
  std::string traces;
  for (const PageTrace& trace : page.traces) traces += trace_html(trace);
  const std::string body =
      filled("report.html",
             {{"board", page.rows.empty() ? "" : leaderboard_html(page.rows)},
              {"tables", tables},
              {"curves",
               section_html("curves", "How it was learned", in_figures(learning_html(page.runs)))},
              {"calibration", section_html("calibration", "Whether it is as sure as it is right",
                                           in_figures(calibrations(page)))},
              {"traces", section_html("traces", "What goes on inside", traces)},
              {"comparing", html_escape(comparison_reading())}});
  return whole_page(page.title, body, page_json(page), kReportScripts);
}

std::string leaderboard_text(std::span<const LeaderboardRow> rows,
                             const ReportSet& reports,
                             const std::string& file,
                             const PageLook& look) {
  const std::string ending = std::filesystem::path(file).extension().string();
  if (ending == ".md") return leaderboard_markdown(rows);
  if (ending == ".csv") return leaderboard_csv(rows);
  if (ending == ".html") {
    ReportPage page;
    page.title = "Recombine leaderboard";
    page.reports = reports;
    page.rows.assign(rows.begin(), rows.end());
    page.look = look;
    return report_page(page);
  }
  require(ending == ".json", "--out ", file, ": the name must end in .md, .csv, .html or .json");
  return leaderboard_json(rows).dump(2) + "\n";
}

}  // namespace recombine
