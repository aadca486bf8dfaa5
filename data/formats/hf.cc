// A folder that the Hugging Face Hub shows as a data set: data/<set>.jsonl and its card, README.md.

#include "data/formats/hf.h"

#include <array>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/dataset.h"
#include "data/error.h"
#include "data/file.h"
#include "data/formats/format.h"
#include "data/formats/grid_text.h"
#include "data/formats/lines.h"
#include "data/formats/output.h"

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

std::string_view size_category(std::uint64_t rows) {
  static constexpr std::array<std::pair<std::uint64_t, std::string_view>, 6> kCategories = {
      {{1'000, "n<1K"},
       {10'000, "1K<n<10K"},
       {100'000, "10K<n<100K"},
       {1'000'000, "100K<n<1M"},
       {10'000'000, "1M<n<10M"},
       {100'000'000, "10M<n<100M"}}};
  for (const auto& [limit, name] : kCategories) {
    if (rows < limit) return name;
  }
  return "100M<n<1B";
}

bool is_published(const Json& recipe) {
  return recipe.dump().find(R"("stream":"published")") != std::string::npos;
}

constexpr std::string_view kColumns = R"(
| column | what it is |
| --- | --- |
| `id` | of the episode |
| `triplet` | the three transformation types, sorted: what the systematicity split holds out |
| `shape_rule`, `color_rule`, `indicator_rule` | type and parameters of each rule |
| `study_roles` | which rules are in force in each study example |
| `study_inputs`, `study_outputs` | grids: lists of rows of integers 0..9 |
| `query_inputs`, `query_outputs` | grids whose answer needs all three rules |
)";

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

std::string hf_card(const std::vector<HfSplit>& splits, const Manifest& manifest) {
  const bool published = is_published(manifest.recipe);
  std::uint64_t rows = 0;
  for (const HfSplit& split : splits) rows += split.count;
  std::string card = "---\n";
  card += cat("license: ", published ? "cc-by-sa-4.0" : "cc-by-4.0", "\n");
  card += "pretty_name: Compositional grid episodes\n";
  card += cat("size_categories: [", size_category(rows), "]\n");
  card += "task_categories: [other]\ntags: [compositional-generalization, arc, synthetic]\n";
  card += "configs:\n- config_name: default\n  default: true\n  data_files:\n";
  for (const HfSplit& split : splits) {
    card += cat("  - {split: ", split.name, ", path: data/", split.name, ".jsonl}\n");
  }
  card += "---\n\n# Compositional grid episodes\n\n";
  card +=
      "Each row is an episode: study examples show three rules alone and in pairs, the queries\n"
      "need all three. Made by Recombine from the recipe below.\n";
  if (published) {
    card +=
        "\nThese episodes equal those of the published Compositional-ARC data (arXiv 2504.01445),\n"
        "whose authors ask not to re-upload them: ask before you share this folder.\n";
  }
  card += kColumns;
  card += "\n| split | episodes |\n| --- | --- |\n";
  for (const HfSplit& split : splits) card += cat("| ", split.name, " | ", split.count, " |\n");
  return card + "\n```json\n" + manifest.recipe.dump(2) + "\n```\n";
}

void export_hf(const ExportJob& job) {
  OutputFolder folder(job.out, job.force);
  fs::create_directories(folder.part() / "data");
  std::vector<HfSplit> splits;
  std::optional<Manifest> manifest;
  for (const std::string& name : data_set_names(job.folder)) {
    manifest = read_manifest(job.folder / name);
    splits.push_back({name.empty() ? "train" : name, manifest->count});
    export_lines(job, job.folder / name, folder.part() / "data" / (splits.back().name + ".jsonl"),
                 append_hf_row);
  }
  folder.write("README.md", hf_card(splits, *manifest));
  folder.finish();
}

}  // namespace recombine
