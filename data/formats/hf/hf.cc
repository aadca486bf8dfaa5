// A folder that the Hugging Face Hub shows as a data set: data/<set>.jsonl and its card, README.md.

#include "data/formats/hf/hf.h"

#include <algorithm>
#include <span>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/columns.h"
#include "data/formats/format.h"
#include "data/formats/grid_text.h"
#include "data/formats/hf/hf_names.h"
#include "data/formats/lines.h"
#include "data/formats/output.h"
#include "data/formats/parquet/parquet.h"
#include "data/storage/create_folder.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

/// Begins a row with its columns of text.
void append_texts(std::string& text,
                  std::span<const TableColumn> columns,
                  std::span<const std::string> values) {
  text += '{';
  for (std::size_t i = 0; i < values.size(); ++i) {
    text += cat(i == 0 ? "\"" : ", \"", columns[i].name, "\": ", Json(values[i]).dump());
  }
}

void append_grids(std::string& text,
                  const TableColumn& column,
                  const std::vector<Example>& examples,
                  Grid Example::*grid) {
  text += cat(", \"", column.name, "\": [");
  for (const Example& example : examples) {
    if (&example != &examples.front()) text += ", ";
    append_grid(text, example.*grid);
  }
  text += ']';
}

/// Throws DataError where the sets cannot be one data set of the Hub.
std::vector<Manifest> manifests_of_one_family(const fs::path& folder,
                                              const std::vector<std::string>& sets) {
  std::vector<Manifest> manifests;
  manifests.reserve(sets.size());
  for (const std::string& set : sets) manifests.push_back(read_manifest(folder / set));
  const std::string& family = manifests.front().family;
  for (const Manifest& manifest : manifests) {
    require_data(manifest.family == family, folder.string(), ": holds ", family, " and ",
                 manifest.family, ", whose columns differ; export each by itself");
  }
  require_data(std::ranges::any_of(manifests, [](const Manifest& m) { return m.count > 0; }),
               folder.string(), ": holds no item, and the Hub's library loads no empty data set");
  return manifests;
}

}  // namespace

void append_hf_row(std::string& text, const Episode& episode) {
  append_texts(text, kGridColumns, texts_of(episode));
  std::size_t number = kGridTexts;
  text += cat(", \"", kGridColumns[number++].name, "\": [");
  for (const Example& example : episode.study) {
    if (&example != &episode.study.front()) text += ", ";
    text += cat('"', section_name(example.roles), '"');
  }
  text += ']';
  append_grids(text, kGridColumns[number++], episode.study, &Example::input);
  append_grids(text, kGridColumns[number++], episode.study, &Example::output);
  append_grids(text, kGridColumns[number++], episode.queries, &Example::input);
  append_grids(text, kGridColumns[number++], episode.queries, &Example::output);
  text += "}\n";
}

void append_hf_row(std::string& text, const FactItem& item, const FactVocabulary& vocabulary) {
  append_texts(text, kFactColumns, texts_of(item, vocabulary));
  text += cat(", \"", kFactColumns[kFactTexts].name, "\": ", item.noisy ? "true" : "false", "}\n");
}

void export_hf(const ExportJob& job) {
  using Facts = void (*)(std::string&, const FactItem&, const FactVocabulary&);
  using Episodes = void (*)(std::string&, const Episode&);
  const std::vector<std::string> sets = data_set_names(job.folder);
  const std::vector<std::string> names = hub_split_names(sets);
  const std::vector<Manifest> manifests = manifests_of_one_family(job.folder, sets);
  const bool parquet = job.form == "parquet";
  const std::string ending = parquet ? ".parquet" : ".jsonl";
  OutputFolder folder(job.out, job.force);
  create_folder(folder.part() / "data");
  std::vector<HfSplit> splits;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    splits.push_back({names[i], manifests[i].count, sets[i].empty() ? names[i] : sets[i]});
    if (manifests[i].count == 0) continue;
    const fs::path file = folder.part() / "data" / (names[i] + ending);
    if (parquet) {
      export_parquet_set(job, job.folder / sets[i], file);
    } else {
      export_lines(job, job.folder / sets[i], file,
                   {Episodes{append_hf_row}, Facts{append_hf_row}});
    }
  }
  folder.write("README.md", hf_card(splits, manifests.back(), ending));
  folder.finish();
}

}  // namespace recombine
