// Data sets as tables.

#include <cstdint>

#include "data/formats/columns.h"
#include "data/formats/parquet/parquet.h"
#include "data/storage/dataset.h"

namespace recombine {
namespace {

void add_grid(ColumnBuffer& column, const Grid& grid, bool first) {
  for (int row = 0; row < grid.side(); ++row) {
    for (int col = 0; col < grid.side(); ++col) {
      const int inside = col > 0 ? 3 : row > 0 ? 2 : 1;
      column.add_digit(grid(row, col), first && inside == 1 ? 0 : inside);
    }
  }
}

void add_grids(ColumnBuffer& column, const std::vector<Example>& examples, Grid Example::*grid) {
  if (examples.empty()) column.add_empty();
  for (const Example& example : examples) {
    add_grid(column, example.*grid, &example == &examples.front());
  }
}

void add_row(ParquetWriter& table, const Episode& episode) {
  std::size_t number = 0;
  for (const std::string& text : texts_of(episode)) table.column(number++).add_text(text, 0);
  ColumnBuffer& roles = table.column(number++);
  if (episode.study.empty()) roles.add_empty();
  for (const Example& example : episode.study) {
    roles.add_text(section_name(example.roles), &example == &episode.study.front() ? 0 : 1);
  }
  add_grids(table.column(number++), episode.study, &Example::input);
  add_grids(table.column(number++), episode.study, &Example::output);
  add_grids(table.column(number++), episode.queries, &Example::input);
  add_grids(table.column(number++), episode.queries, &Example::output);
  table.end_row();
}

void add_row(ParquetWriter& table, const FactItem& item, const FactVocabulary& vocabulary) {
  std::size_t number = 0;
  for (const std::string& text : texts_of(item, vocabulary)) {
    table.column(number++).add_text(text, 0);
  }
  table.column(number).add_truth(item.noisy);
  table.end_row();
}

/// Writes all items, each by add(item).
template <class Set, class Add>
void add_rows(const ExportJob& job, const Set& set, const Add& add) {
  std::uint64_t done = 0;
  for (const auto& item : set) {
    add(item);
    job.watch(++done, set.size());
  }
}

}  // namespace

void export_parquet_set(const ExportJob& job,
                        const std::filesystem::path& folder,
                        const std::filesystem::path& out) {
  OutputFile file(out, job.force);
  if (read_manifest(folder).family == FactRecords::kFamily) {
    const FactSet set(folder);
    ParquetWriter table(file, kFactColumns);
    add_rows(job, set,
             [&](const FactItem& item) { add_row(table, item, set.records().vocabulary); });
    table.finish();
  } else {
    const EpisodeSet set(folder);
    require_answers(set.manifest(), folder);
    ParquetWriter table(file, kGridColumns);
    add_rows(job, set, [&](const Episode& episode) { add_row(table, episode); });
    table.finish();
  }
}

void export_parquet(const ExportJob& job) {
  const std::vector<std::string> names = data_set_names(job.folder);
  if (names.front().empty()) {
    export_parquet_set(job, job.folder, job.out);
    return;
  }
  OutputFolder folder(job.out, job.force);
  for (const std::string& name : names) {
    export_parquet_set(job, job.folder / name, folder.part() / (name + ".parquet"));
  }
  folder.finish();
}

}  // namespace recombine
