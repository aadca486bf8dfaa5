#include "eval/report/report_html.h"

#include <algorithm>

#include "data/error.h"
#include "eval/report/calibration.h"
#include "eval/scoring/family.h"
#include "eval/tables/table.h"

namespace recombine {
namespace {

GalleryEntry entry_of(const EpisodeSet& data,
                      const WrongAnswer& which,
                      const PredictionSet* predicted) {
  const Episode episode = data[which.item];
  const Example& example = episode.queries.at(static_cast<std::size_t>(which.query));
  GalleryEntry entry{cat(episode.id, " query ", which.query), example.input, example.output,
                     std::nullopt};
  if (predicted != nullptr) entry.answer = shown(predicted->find(episode.id, which.query));
  return entry;
}

FactEntry entry_of(const FactSet& data, const WrongAnswer& which, const PredictionSet* predicted) {
  FactEntry entry{data[which.item], std::nullopt};
  if (predicted != nullptr)
    entry.said = said(predicted->find(entry.item.id, which.query), data.records().vocabulary);
  return entry;
}

template <class Set>
auto entries_of(const Set& data,
                const std::vector<WrongAnswer>& chosen,
                const PredictionSet* predicted) {
  std::vector<decltype(entry_of(data, {}, predicted))> entries;
  entries.reserve(chosen.size());
  for (const WrongAnswer& which : chosen) entries.push_back(entry_of(data, which, predicted));
  return entries;
}

/// The first query of `count` items.
std::vector<WrongAnswer> spread(std::size_t size, int count) {
  std::vector<WrongAnswer> chosen;
  const auto shown_count = std::min(static_cast<std::size_t>(std::max(count, 0)), size);
  for (std::size_t i = 0; i < shown_count; ++i) chosen.push_back({i * size / shown_count, 0});
  return chosen;
}

std::string wrong_html(const EpisodeSet&, const std::vector<GalleryEntry>& entries) {
  return scene_svg(gallery_scene(entries), {12, false});
}

std::string wrong_html(const FactSet& data, const std::vector<FactEntry>& entries) {
  const FactVocabulary& vocabulary = data.records().vocabulary;
  Table table{{"question", "truth", "answer", "verdict"}, {}};
  for (const FactEntry& entry : entries) {
    table.rows.push_back({vocabulary.text(entry.item.question()),
                          vocabulary.text(entry.item.answer()), entry.said->text,
                          verdict(entry, vocabulary)});
  }
  return html_table(table);
}

std::string gallery_of(const PredictionSet& predicted,
                       const JudgedSet& judged,
                       const std::filesystem::path& folder,
                       int count) {
  return open_set(folder / judged.set, [&](const auto& data) {
    const auto entries = entries_of(data, wrong_answers(judged.outcomes, count), &predicted);
    const std::string_view items = find_family(judged.family).asked;
    const std::string title =
        cat(predicted.meta().predictor.name, " on ", judged.split, ": ",
            entries.empty() ? "no wrong answers"
                            : cat("the first wrong answers of ", entries.size(), " ", items));
    std::string html = cat("<h2>", html_escape(title), "</h2>\n");
    if (!entries.empty()) html += wrong_html(data, entries);
    return html;
  });
}

}  // namespace

std::vector<GalleryEntry> wrong_entries(const EpisodeSet& data,
                                        const PredictionSet& predicted,
                                        int limit) {
  return entries_of(data, wrong_answers(data, predicted, limit), &predicted);
}

std::vector<FactEntry> wrong_entries(const FactSet& data,
                                     const PredictionSet& predicted,
                                     int limit) {
  return entries_of(data, wrong_answers(data, predicted, limit), &predicted);
}

std::vector<GalleryEntry> spread_entries(const EpisodeSet& data,
                                         const PredictionSet* predicted,
                                         int count) {
  auto chosen = spread(data.size(), count);
  std::erase_if(chosen, [&](const WrongAnswer& which) { return data[which.item].queries.empty(); });
  return entries_of(data, chosen, predicted);
}

std::vector<FactEntry> spread_entries(const FactSet& data,
                                      const PredictionSet* predicted,
                                      int count) {
  return entries_of(data, spread(data.size(), count), predicted);
}

std::string report_page(const ReportSet& set,
                        std::span<const PredictionSet> prediction_sets,
                        std::span<const JudgedSet> judged,
                        const std::filesystem::path& folder,
                        int gallery) {
  std::string body =
      "<p>Shares of all planned queries, in per cent, with 95 % intervals over items.</p>\n";
  for (const Report& report : set.reports) {
    body += cat("<h2>", html_escape(report.predictor.name), " (",
                html_escape(report.predictor.kind), ")</h2>\n");
    for (const Table& table : report_tables(report)) body += html_table(table);
    for (const auto& [name, scores] : report.splits) {
      if (!scores.note.empty())
        body += cat("<p>", html_escape(name), ": ", html_escape(scores.note), "</p>\n");
      if (scores.calibration) body += calibration_svg(name, *scores.calibration);
    }
    const Table unread = unread_table(report);
    if (!unread.rows.empty())
      body += "<h3>Answers that could not be read</h3>\n" + html_table(unread);
  }
  if (!set.comparisons.empty()) {
    body += cat("<h2>Comparisons</h2>\n<p>", html_escape(comparison_reading()), "</p>\n",
                html_table(comparison_table(set.comparisons)));
  }
  for (std::size_t i = 0; i < prediction_sets.size() && gallery > 0; ++i)
    body += gallery_of(prediction_sets[i], judged[i], folder, gallery);
  return html_page("Recombine report", body);
}

}  // namespace recombine
