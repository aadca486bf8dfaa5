#pragma once
// Small worlds of facts, made by hand and written as data sets.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "data/fact_vocabulary.h"

namespace recombine {

struct SmallWorld {
  FactVocabulary vocabulary;
  std::map<std::string, std::vector<FactItem>> sets;  ///< by name: train, test_id, ...
};

/// An item of the composition task: the relations from an entity on, and the true entities.
/// `chains` names the bridges in the answer.
FactItem composed(const FactVocabulary& vocabulary,
                  const std::vector<Token>& path,
                  const std::vector<int>& relations,
                  bool chains,
                  FactType type);

/// 30 entities with 5 of 8 relations each, one atomic fact in nine OOD. Some training answers are
/// noisy, some of these true all the same. Two three-hop sets.
SmallWorld composition_world(bool chains);

/// 12 entities with 2 attributes of 4 values; a quarter of the entities is OOD. The complex task
/// has brackets, no trained OOD facts and a hard test.
SmallWorld comparison_world(bool complex);

/// Writes a folder a set, as `generate facts` does.
void write_world(const SmallWorld& world, const std::filesystem::path& folder);

}  // namespace recombine
