#include "eval/report_html.h"

#include <algorithm>

#include "data/error.h"
#include "eval/table.h"

namespace recombine {
namespace {

SheetEntry entry_of(const Episode& episode, int query, const AnswerBook* book) {
  const Example& example = episode.queries.at(static_cast<std::size_t>(query));
  SheetEntry entry{cat(episode.id, " query ", query), example.input, example.output, std::nullopt};
  if (book != nullptr) entry.answer = shown(book->find(episode.id, query));
  return entry;
}

std::string gallery_of(const AnswerBook& book, const std::filesystem::path& folder, int count) {
  for (const std::string& name : data_set_names(folder)) {
    if (read_manifest(folder / name).digest != book.meta().data_digest) continue;
    const auto entries = wrong_entries(EpisodeSet(folder / name), book, count);
    const std::string title =
        cat(book.meta().predictor.name, " on ", split_name(folder, name), ": ",
            entries.empty() ? "no wrong answers"
                            : cat("the first wrong answers of ", entries.size(), " episodes"));
    std::string html = cat("<h2>", html_escape(title), "</h2>\n");
    if (!entries.empty()) html += scene_svg(sheet_scene(entries), {12, false});
    return html;
  }
  return "";
}

}  // namespace

std::vector<SheetEntry> wrong_entries(const EpisodeSet& data, const AnswerBook& book, int limit) {
  std::vector<SheetEntry> entries;
  for (const WrongAnswer& wrong : wrong_answers(data, book, limit)) {
    entries.push_back(entry_of(data[wrong.episode], wrong.query, &book));
  }
  return entries;
}

std::vector<SheetEntry> spread_entries(const EpisodeSet& data, const AnswerBook* book, int count) {
  std::vector<SheetEntry> entries;
  const auto shown_count = std::min(static_cast<std::size_t>(std::max(count, 0)), data.size());
  for (std::size_t i = 0; i < shown_count; ++i) {
    const Episode episode = data[i * data.size() / shown_count];
    if (!episode.queries.empty()) entries.push_back(entry_of(episode, 0, book));
  }
  return entries;
}

std::string report_page(std::span<const Report> reports,
                        std::span<const AnswerBook> books,
                        const std::filesystem::path& folder,
                        int gallery) {
  std::string body =
      "<p>Shares of all planned queries, in per cent, with 95 % intervals over episodes.</p>\n";
  for (const Report& report : reports) {
    body += cat("<h2>", html_escape(report.predictor.name), " (",
                html_escape(report.predictor.kind), ")</h2>\n");
    for (const Table& table : report_tables(report)) body += html_table(table);
  }
  for (const AnswerBook& book : books) {
    if (gallery > 0) body += gallery_of(book, folder, gallery);
  }
  return html_page("Recombine report", body);
}

}  // namespace recombine
