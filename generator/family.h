#pragma once
// What making and verifying data ask of a family of items. To add one: a function that returns its
// entry, and that function's declaration and line in registry.cc.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data/family.h"
#include "data/storage/manifest.h"
#include "generator/writer/writer.h"

namespace recombine {

struct VerifyOptions {
  bool all = false;  ///< every episode; otherwise kSampledEpisodes of them
  bool quiet = false;
  int threads = 0;  ///< 0: all cores; never changes the result
};

/// Runs a check under a name: `run` returns its detail, or throws DataError or InputError where it
/// fails. Returns whether it is ok.
using RunCheck =
    std::function<bool(const std::string& name, const std::function<std::string()>& run)>;

/// Checks a family's sets; keeps what several of them share.
class FamilyVerifier {
 public:
  virtual ~FamilyVerifier() = default;

  /// Of one set, whose records are as the manifest says. Names of checks begin with `prefix`.
  virtual void check_set(const std::filesystem::path& folder,
                         const std::string& prefix,
                         const RunCheck& check) = 0;
};

/// Checks what the sets `names` of a folder share, where the folder is a split or a world.
using CheckFolder = void (*)(const std::filesystem::path& folder,
                             const std::vector<std::string>& names,
                             const VerifyOptions& options,
                             const RunCheck& check);

struct GeneratedFamily {
  ItemFamily family;
  /// Makes a set again; see generator/remake.h. The recipe is an object of this family.
  Manifest (*remake)(const Json& recipe, const WriteOptions& options);
  /// The same for a whole split or world, whose sets appear below options.folder.
  void (*remake_folder)(const Json& recipe, const WriteOptions& options);
  /// What makes the records of such a recipe one by one; null where sets are made at once.
  std::unique_ptr<RecordSource> (*source)(const Json& recipe);
  std::unique_ptr<FamilyVerifier> (*verifier)(const VerifyOptions& options);
  std::string_view folder_file;  ///< "split.json": what a folder of several sets has
  CheckFolder check_folder;
};

/// All families.
std::vector<GeneratedFamily> generated_families();
/// Throws DataError, naming the known ones, where there is none of that name.
GeneratedFamily generated_family(std::string_view name);

}  // namespace recombine
