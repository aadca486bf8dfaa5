#pragma once
// What a folder of the published experiments with facts holds.

#include <string>
#include <string_view>
#include <vector>

#include "data/formats/format.h"
#include "data/formats/grokked/grokked.h"

namespace recombine {

struct GrokkedFolder {
  FactVocabulary vocabulary;
  std::vector<GrokkedRow> train;
  std::vector<FactItem> probes;  ///< test.json, then the three-hop files: in order, with types
  std::vector<bool> marked;      ///< which of the probes say whether they are noisy
  std::vector<std::string_view> three_hop_sets;  ///< those that have a file
};

/// Reads train.json, test.json and vocab.json of job.in, the three-hop files where there are some,
/// and compares valid.json, where there is one, with the OOD tests of test.json. What the files
/// leave out is found from their atomic facts: paths, noise, ID or OOD; job.note hears what stayed
/// open. Throws DataError, naming file and item, for bad data.
GrokkedFolder read_grokked_folder(const ImportJob& job);

}  // namespace recombine
