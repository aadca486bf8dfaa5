#pragma once
// Rows and card of a data set on the Hugging Face Hub.

#include <cstdint>
#include <string>
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
  std::string name;
  std::uint64_t count = 0;
};

/// README.md: front matter that names the files, columns, counts, and the recipe of `manifest`.
std::string hf_card(const std::vector<HfSplit>& splits, const Manifest& manifest);

}  // namespace recombine
