#pragma once
// Rows and card of a data set on the Hugging Face Hub.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/episode.h"
#include "data/fact_vocabulary.h"
#include "data/storage/manifest.h"

namespace recombine {

/// Appends an item as a JSON line of flat columns: the same names and kinds in every row of a
/// family.
void append_hf_row(std::string& text, const Episode& episode);
void append_hf_row(std::string& text, const FactItem& item, const FactVocabulary& vocabulary);

struct HfSplit {
  std::string name;  ///< of the split and of its file
  std::uint64_t count = 0;
  std::string set = name;  ///< of the data set: another where it is no name of a split
};

/// README.md: front matter that names the files and the columns' types; columns, counts, and the
/// recipe of `manifest`. A split without items has no file, as the Hub's library loads none.
std::string hf_card(const std::vector<HfSplit>& splits,
                    const Manifest& manifest,
                    std::string_view ending = ".jsonl");

}  // namespace recombine
