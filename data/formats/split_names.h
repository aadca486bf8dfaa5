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
/// of static data; without a seed "train_systematicity.jsonl", as the Hugging Face Hub has it.
/// val_ood and test_ood are the published val and test. Nothing for sets that the published data
/// does not have (val_id, test_id).
std::optional<std::string> published_split_file(std::string_view set,
                                                std::optional<std::uint64_t> seed,
                                                bool fixed_rules);

struct PublishedSplitFile {
  std::string set;  ///< "train", "val_ood" or "test_ood"
  std::optional<std::uint64_t> seed;
  bool fixed_rules = false;  ///< of static data
  std::filesystem::path path;
};

/// Those in a folder, train first, compressed or not. Where their names have no seed, it is that of
/// the folder's name, "split_seed_1860". Throws DataError where they are of several splits, or two
/// are of one set.
std::vector<PublishedSplitFile> published_split_files(const std::filesystem::path& folder);

/// The seed of a split folder, as its split.json says; nothing for an imported split whose files
/// had none. Throws DataError where it does not say.
std::optional<std::uint64_t> split_seed(const std::filesystem::path& folder);

/// Whether the folder has a split.json that says that it is a split of static data.
bool is_static_split(const std::filesystem::path& folder);

/// split.json of a split that was imported.
std::string imported_split_json(const std::vector<PublishedSplitFile>& files);

}  // namespace recombine
