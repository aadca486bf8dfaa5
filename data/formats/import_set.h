#pragma once
// Writes imported items as a data set of one shard.

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_set>

#include "data/json.h"
#include "data/storage/dataset.h"
#include "data/storage/file.h"
#include "data/storage/set_writer.h"

namespace recombine {

/// The folder appears on finish(), whole; without finish() nothing is left.
class ImportedSet {
 public:
  /// A set of episodes. Throws DataError where something is at `folder`; `force` replaces a data
  /// set.
  ImportedSet(const std::filesystem::path& folder, bool force);
  /// A set of facts.
  ImportedSet(const std::filesystem::path& folder, bool force, const FactVocabulary& vocabulary);

  /// Throws DataError where the id is taken or is no file name.
  void add(const Episode& episode);
  void add(const FactItem& item);
  /// The same of an item that another thread encoded: its encode_episode() or encode_fact().
  void add(const std::string& id, std::string record);
  /// Writes the manifest with this recipe. Throws DataError where no item was added.
  void finish(const Json& recipe);

 private:
  AtomicFolder folder_;
  SetWriter writer_;
  std::unordered_set<std::string> ids_;
};

/// Ids become names of files: letters, digits, '.', '_' and '-', not beginning with a dot. Throws
/// DataError for others.
void require_file_name(std::string_view id);

/// The recipe of an imported set: which file or folder it came from. `generate` cannot make it
/// again.
Json import_recipe(std::string_view format,
                   const std::filesystem::path& source,
                   std::string_view family = EpisodeRecords::kFamily);

/// The name of a file, or of a folder with or without a slash behind it.
std::string name_of(const std::filesystem::path& source);

}  // namespace recombine
