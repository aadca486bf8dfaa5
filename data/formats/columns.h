#pragma once
// The flat columns in which tables show items, of JSON lines and of Parquet: a row an item.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "data/episode.h"
#include "data/fact_vocabulary.h"

namespace recombine {

enum class ColumnType : std::uint8_t {
  kText,   ///< UTF-8
  kDigit,  ///< 0..9, as int64
  kTruth,  ///< a bool
};

struct TableColumn {
  std::string_view name;
  std::string_view meaning = {};  ///< for the card; empty: the next column's is this one's too
  ColumnType type = ColumnType::kText;
  int lists = 0;  ///< within how many lists of each other its values are
};

/// In the order of a row. Rows are written in this order, so a column's number is its place here.
inline constexpr std::array kGridColumns = {
    TableColumn{"id", "of the episode"},
    TableColumn{"triplet",
                "the three transformation types, sorted: what the systematicity split holds out"},
    TableColumn{"shape_rule", ""},
    TableColumn{"color_rule", ""},
    TableColumn{"indicator_rule", "type and parameters of each rule"},
    TableColumn{"study_roles", "which rules are in force in each study example", ColumnType::kText,
                1},
    TableColumn{"study_inputs", "", ColumnType::kDigit, 3},
    TableColumn{"study_outputs", "grids: lists of rows of integers 0..9", ColumnType::kDigit, 3},
    TableColumn{"query_inputs", "", ColumnType::kDigit, 3},
    TableColumn{"query_outputs", "grids whose answer needs all three rules", ColumnType::kDigit, 3},
};

inline constexpr std::array kFactColumns = {
    TableColumn{"id", "entities and relations of the question"},
    TableColumn{
        "type",
        "what is asked, and whether it was trained; OOD: put together of facts that are trained "
        "alone only"},
    TableColumn{"question", ""},
    TableColumn{"answer",
                "tokens with blanks between them; a chain of thought names the bridges before the "
                "answer"},
    TableColumn{"input_text", ""},
    TableColumn{"target_text", "the question, and the question with its answer, without blanks"},
    TableColumn{
        "path",
        "the true entities from the first to the answer; empty where entities are compared"},
    TableColumn{"noisy", "whether noise was drawn for the answer", ColumnType::kTruth},
};

/// So many columns of text a row begins with.
inline constexpr std::size_t kGridTexts = 5;
inline constexpr std::size_t kFactTexts = 7;

/// Their values, in the order of the columns.
std::array<std::string, kGridTexts> texts_of(const Episode& episode);
std::array<std::string, kFactTexts> texts_of(const FactItem& item,
                                             const FactVocabulary& vocabulary);

}  // namespace recombine
