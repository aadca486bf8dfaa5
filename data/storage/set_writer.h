#pragma once
// Writes a data set record by record: for splits and imports, where records exist already.

#include <filesystem>
#include <memory>
#include <string>

#include "data/storage/manifest.h"

namespace recombine {

/// One shard and its manifest. The folder is made; nothing is left in it without finish().
class SetWriter {
 public:
  /// `vocabulary` goes into the manifest: of facts, their tokens.
  SetWriter(const std::filesystem::path& folder, std::string family, Json vocabulary = nullptr);
  ~SetWriter();
  SetWriter(const SetWriter&) = delete;
  SetWriter& operator=(const SetWriter&) = delete;

  /// Appends a record: encode_episode() of an episode, encode_fact() of a fact.
  void add(std::string record);
  std::uint64_t count() const;
  /// Writes the manifest with this recipe (its `count` is set here).
  Manifest finish(Json recipe);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace recombine
