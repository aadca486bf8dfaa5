#pragma once
// What a data-set folder says about itself: manifest.json (docs/FORMAT.md, "Manifest").

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "data/json.h"

namespace recombine {

struct ShardInfo {
  std::string file;         ///< name inside the folder
  std::uint64_t count = 0;  ///< records
  std::uint64_t bytes = 0;  ///< size of the file
  std::string checksum;     ///< "xxh3:<16 hex digits>" of the whole file

  friend bool operator==(const ShardInfo&, const ShardInfo&) = default;
};

struct Manifest {
  std::string family;       ///< "grids" or "facts"
  std::uint64_t count = 0;  ///< records in all shards
  std::string digest;       ///< "sha256:<64 hex digits>" over the records in order
  Json recipe;              ///< the smallest JSON from which the set can be made again
  std::vector<ShardInfo> shards;
  Json vocabulary;  ///< of facts: what their tokens are (fact_vocabulary.h); null for grids
};

/// Whether the set holds the answers to its questions: tasks that were imported without them are
/// questions alone, and their outputs are background.
bool has_answers(const Manifest& manifest);

/// Throws DataError where the set in `folder` does not: for work that needs them.
void require_answers(const Manifest& manifest, const std::filesystem::path& folder);

inline constexpr const char* kManifestFile = "manifest.json";

/// Throws DataError, naming the file, where there is none or it is not one of ours.
Manifest read_manifest(const std::filesystem::path& folder);

/// Reads the shard's file, and throws DataError where it is missing or is not what the manifest
/// says.
void require_shard(const std::filesystem::path& folder, const ShardInfo& shard);

/// Written whole or not at all.
void write_manifest(const std::filesystem::path& folder, const Manifest& manifest);

}  // namespace recombine
