// A folder that the Hugging Face Hub shows as a data set: data/<set>.jsonl and its card, README.md.

#include "data/formats/hf/hf.h"

#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/fact_text.h"
#include "data/formats/format.h"
#include "data/formats/grid_text.h"
#include "data/formats/lines.h"
#include "data/formats/output.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/text.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

void append_grids(std::string& text,
                  std::string_view key,
                  const std::vector<Example>& examples,
                  Grid Example::*grid) {
  text += cat(", \"", key, "\": [");
  for (const Example& example : examples) {
    if (&example != &examples.front()) text += ", ";
    append_grid(text, example.*grid);
  }
  text += ']';
}

/// "<e_0> <r_1>"
std::string spaced(std::span<const Token> tokens, const FactVocabulary& vocabulary) {
  std::vector<std::string> texts;
  for (const Token token : tokens) texts.push_back(vocabulary.text(token));
  return join_text(texts, " ");
}

}  // namespace

void append_hf_row(std::string& text, const Episode& episode) {
  const Grammar& grammar = episode.grammar;
  text +=
      cat("{\"id\": ", Json(episode.id).dump(), ", \"triplet\": ", Json(triplet(grammar)).dump(),
          ", \"shape_rule\": ", Json(to_text(grammar.shape_rule)).dump(),
          ", \"color_rule\": ", Json(to_text(grammar.colour_rule)).dump(),
          ", \"indicator_rule\": ", Json(to_text(grammar.indicator_rule)).dump(),
          ", \"study_roles\": [");
  for (const Example& example : episode.study) {
    if (&example != &episode.study.front()) text += ", ";
    text += cat('"', section_name(example.roles), '"');
  }
  text += ']';
  append_grids(text, "study_inputs", episode.study, &Example::input);
  append_grids(text, "study_outputs", episode.study, &Example::output);
  append_grids(text, "query_inputs", episode.queries, &Example::input);
  append_grids(text, "query_outputs", episode.queries, &Example::output);
  text += "}\n";
}

void append_hf_row(std::string& text, const FactItem& item, const FactVocabulary& vocabulary) {
  text +=
      cat(R"({"id": ")", item.id, R"(", "type": ")", type_name(item.type), R"(", "question": ")",
          spaced(item.question(), vocabulary), R"(", "answer": ")",
          spaced(item.answer(), vocabulary), "\", ", fact_texts(item, vocabulary), R"(, "path": ")",
          spaced(item.path, vocabulary), R"(", "noisy": )", item.noisy ? "true" : "false", "}\n");
}

void export_hf(const ExportJob& job) {
  using Facts = void (*)(std::string&, const FactItem&, const FactVocabulary&);
  using Episodes = void (*)(std::string&, const Episode&);
  OutputFolder folder(job.out, job.force);
  fs::create_directories(folder.part() / "data");
  std::vector<HfSplit> splits;
  std::optional<Manifest> manifest;
  for (const std::string& name : data_set_names(job.folder)) {
    manifest = read_manifest(job.folder / name);
    splits.push_back({name.empty() ? "train" : name, manifest->count});
    export_lines(job, job.folder / name, folder.part() / "data" / (splits.back().name + ".jsonl"),
                 {Episodes{append_hf_row}, Facts{append_hf_row}});
  }
  folder.write("README.md", hf_card(splits, *manifest));
  folder.finish();
}

}  // namespace recombine
