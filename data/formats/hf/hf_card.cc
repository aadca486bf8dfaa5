// README.md of a data set on the Hugging Face Hub.

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/hf/hf.h"
#include "data/formats/hf/hf_names.h"
#include "data/storage/dataset.h"

namespace recombine {
namespace {

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

/// What the card says of a family.
struct CardText {
  std::string_view family;
  std::string_view name;
  std::string_view tags;
  std::string_view intro;
  std::string_view features;  ///< of YAML: what a list holds where it is empty in every row
  std::string_view columns;
  std::string_view items;
};

constexpr CardText kGridCard = {
    kGrids.name,
    "Compositional grid episodes",
    "compositional-generalization, arc, synthetic",
    "Each row is an episode: study examples show three rules alone and in pairs, the queries\n"
    "need all three. Made by Recombine from the recipe below.\n",
    R"(  - {name: id, dtype: string}
  - {name: triplet, dtype: string}
  - {name: shape_rule, dtype: string}
  - {name: color_rule, dtype: string}
  - {name: indicator_rule, dtype: string}
  - {name: study_roles, list: string}
  - {name: study_inputs, list: {list: {list: int64}}}
  - {name: study_outputs, list: {list: {list: int64}}}
  - {name: query_inputs, list: {list: {list: int64}}}
  - {name: query_outputs, list: {list: {list: int64}}}
)",
    R"(
| column | what it is |
| --- | --- |
| `id` | of the episode |
| `triplet` | the three transformation types, sorted: what the systematicity split holds out |
| `shape_rule`, `color_rule`, `indicator_rule` | type and parameters of each rule |
| `study_roles` | which rules are in force in each study example |
| `study_inputs`, `study_outputs` | grids: lists of rows of integers 0..9 |
| `query_inputs`, `query_outputs` | grids whose answer needs all three rules |
)",
    "episodes"};

constexpr CardText kFactCard = {
    kFacts.name,
    "Compositional questions over a world of facts",
    "compositional-generalization, multi-hop, synthetic",
    "Each row is a question about a world of facts: a single fact, or several that must be put\n"
    "together. Made by Recombine from the recipe below.\n",
    R"(  - {name: id, dtype: string}
  - {name: type, dtype: string}
  - {name: question, dtype: string}
  - {name: answer, dtype: string}
  - {name: input_text, dtype: string}
  - {name: target_text, dtype: string}
  - {name: path, dtype: string}
  - {name: noisy, dtype: bool}
)",
    R"(
| column | what it is |
| --- | --- |
| `id` | entities and relations of the question |
| `type` | what is asked, and whether it was trained; OOD: put together of facts that are trained alone only |
| `question`, `answer` | tokens with blanks between them; a chain of thought names the bridges before the answer |
| `input_text`, `target_text` | the question, and the question with its answer, without blanks |
| `path` | the true entities from the first to the answer; empty where entities are compared |
| `noisy` | whether noise was drawn for the answer |
)",
    "items"};

/// A name that anybody may have chosen, for a table of Markdown.
std::string table_name(const std::string& name) {
  std::string text;
  for (const char c : Json(name).dump(-1, ' ', false, Json::error_handler_t::replace)) {
    const bool means_something =
        std::string_view("\\`*_|<>[]&~$").find(c) != std::string_view::npos;
    text += means_something ? cat("&#", static_cast<int>(c), ';') : std::string(1, c);
  }
  return text;
}

/// A line a split.
std::string table_of(const std::vector<HfSplit>& splits, const CardText& text) {
  const bool renamed =
      std::ranges::any_of(splits, [](const HfSplit& split) { return split.set != split.name; });
  const bool lacks =
      std::ranges::any_of(splits, [](const HfSplit& split) { return split.count == 0; });
  std::string table = cat("\n| split | ", text.items, renamed ? " | data set |\n" : " |\n",
                          "| --- | --- |", renamed ? " --- |\n" : "\n");
  for (const HfSplit& split : splits) {
    table += cat("| ", split.name, " | ", split.count, " |");
    table += renamed ? cat(' ', table_name(split.set), " |\n") : "\n";
  }
  if (renamed)
    table +=
        "\nA split's name has letters, digits, `_` and `.` alone: other names of sets were "
        "changed.\n";
  if (lacks)
    table += "\nA split without items has no file: the Hub's library loads no such file.\n";
  return table;
}

const CardText& card_of(std::string_view family) {
  constexpr std::array kCards = {&kGridCard, &kFactCard};
  const auto found =
      std::ranges::find(kCards, family, [](const CardText* card) { return card->family; });
  require_data(found != kCards.end(), "no card for the family ", family);
  return **found;
}

}  // namespace

std::string hf_card(const std::vector<HfSplit>& splits,
                    const Manifest& manifest,
                    std::string_view ending) {
  const CardText& text = card_of(manifest.family);
  const bool published = is_published(manifest.recipe);
  std::uint64_t rows = 0;
  for (const HfSplit& split : splits) rows += split.count;
  std::string card = "---\n";
  card += cat("license: ", published ? "cc-by-sa-4.0" : "cc-by-4.0", "\n");
  card += cat("pretty_name: ", text.name, "\n");
  card += cat("size_categories: [", size_category(rows), "]\n");
  card += cat("task_categories: [other]\ntags: [", text.tags, "]\n");
  card += "configs:\n- config_name: default\n  default: true\n  data_files:\n";
  for (const HfSplit& split : splits) {
    if (split.count == 0) continue;
    card += cat("  - {split: ", yaml_name(split.name), ", path: data/", split.name, ending, "}\n");
  }
  card += cat("dataset_info:\n- config_name: default\n  features:\n", text.features);
  card += cat("---\n\n# ", text.name, "\n\n", text.intro);
  if (published) {
    card +=
        "\nThese episodes equal those of the published Compositional-ARC data (arXiv 2504.01445),\n"
        "whose authors ask not to re-upload them: ask before you share this folder.\n";
  }
  card += text.columns;
  card += table_of(splits, text);
  return card + "\n```json\n" + manifest.recipe.dump(2) + "\n```\n";
}

}  // namespace recombine
