#pragma once
// Small data made by the program's own generators, once a process: sound files to begin from.

#include <filesystem>
#include <string>

#include "data/fact_vocabulary.h"

namespace recombine {

/// A data set of 70 episodes in one shard of two blocks.
const std::filesystem::path& fuzz_grids();
/// A split of a larger one.
const std::filesystem::path& fuzz_split();
/// A world of facts.
const std::filesystem::path& fuzz_world();
/// That of its sets.
const FactVocabulary& fuzz_vocabulary();
/// Answers to fuzz_grids(), right and wrong ones, with their meta beside them.
const std::filesystem::path& fuzz_predictions();

/// The bytes of a shard of one data set.
std::string shard_bytes(const std::filesystem::path& set);

/// The text of a file of tests/golden.
std::string golden_text(const std::string& name);

}  // namespace recombine
