// README.md of a data set on the Hugging Face Hub.

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/formats/columns.h"
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
  std::span<const TableColumn> columns;
  std::string_view items;
};

constexpr CardText kGridCard = {
    kGrids.name,
    "Compositional grid episodes",
    "compositional-generalization, arc, synthetic",
    "Each row is an episode: study examples show three rules alone and in pairs, the queries\n"
    "need all three. Made by Recombine from the recipe below.\n",
    kGridColumns,
    "episodes"};

constexpr CardText kFactCard = {
    kFacts.name,
    "Compositional questions over a world of facts",
    "compositional-generalization, multi-hop, synthetic",
    "Each row is a question about a world of facts: a single fact, or several that must be put\n"
    "together. Made by Recombine from the recipe below.\n",
    kFactColumns,
    "items"};

/// A type for the card's YAML: what a list holds also where it is empty in every row.
std::string feature_of(const TableColumn& column) {
  const std::string_view dtype = column.type == ColumnType::kText    ? "string"
                                 : column.type == ColumnType::kDigit ? "int64"
                                                                     : "bool";
  if (column.lists == 0) return cat("dtype: ", dtype);
  std::string feature = cat("list: ", dtype);
  for (int i = 1; i < column.lists; ++i) feature = cat("list: {", feature, '}');
  return feature;
}

std::string features_of(std::span<const TableColumn> columns) {
  std::string features;
  for (const TableColumn& column : columns) {
    features += cat("  - {name: ", column.name, ", ", feature_of(column), "}\n");
  }
  return features;
}

/// A line for each meaning.
std::string meanings_of(std::span<const TableColumn> columns) {
  std::string table = "\n| column | what it is |\n| --- | --- |\n";
  std::string names;
  for (const TableColumn& column : columns) {
    names += cat(names.empty() ? "`" : ", `", column.name, '`');
    if (column.meaning.empty()) continue;
    table += cat("| ", names, " | ", column.meaning, " |\n");
    names.clear();
  }
  return table;
}

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
  card += cat("dataset_info:\n- config_name: default\n  features:\n", features_of(text.columns));
  card += cat("---\n\n# ", text.name, "\n\n", text.intro);
  if (published) {
    card +=
        "\nThese episodes equal those of the published Compositional-ARC data (arXiv 2504.01445),\n"
        "whose authors ask not to re-upload them: ask before you share this folder.\n";
  }
  card += meanings_of(text.columns);
  card += table_of(splits, text);
  return card + "\n```json\n" + manifest.recipe.dump(2) + "\n```\n";
}

}  // namespace recombine
