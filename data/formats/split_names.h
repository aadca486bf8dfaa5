#pragma once
// The names that the published split files have, and the sets of a split that they hold.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace recombine {

/// "train_systematicity_seed_1860.jsonl" for "train", "train_static_systematicity_seed_1860.jsonl"
/// of static data; val_ood and test_ood are the published val and test. Nothing for sets that the
/// published data does not have (val_id, test_id).
std::optional<std::string> published_split_file(std::string_view set,
                                                std::uint64_t seed,
                                                bool fixed_rules);

struct PublishedSplitFile {
  std::string set;  ///< "train", "val_ood" or "test_ood"
  std::uint64_t seed = 0;
  bool fixed_rules = false;  ///< of static data
  std::filesystem::path path;
};

/// Those in a folder, train first. Throws DataError where they are of several splits.
std::vector<PublishedSplitFile> published_split_files(const std::filesystem::path& folder);

/// The seed of a split folder, as its split.json says. Throws DataError where it does not.
std::uint64_t split_seed(const std::filesystem::path& folder);

/// Whether the folder has a split.json that says that it is a split of static data.
bool is_static_split(const std::filesystem::path& folder);

/// split.json of a split that was imported.
std::string imported_split_json(const std::vector<PublishedSplitFile>& files);

}  // namespace recombine
