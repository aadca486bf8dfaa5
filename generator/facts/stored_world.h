#pragma once
// Checks of a whole world on disk, by its stored facts alone: nothing is made again here.

#include <filesystem>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "data/storage/dataset.h"
#include "generator/facts/config.h"

namespace recombine {

/// A world as its folder says. Each check returns what it found and throws DataError where it
/// fails. (arXiv 2405.15071, section 2, for what must hold.)
class StoredWorld {
 public:
  /// Reads the atomic facts. Throws DataError where they are damaged or contradict each other.
  StoredWorld(std::filesystem::path folder, std::vector<std::string> names);

  /// As many facts are there and held out as the options say.
  std::string check_facts() const;
  /// world.json says the sets' counts and digests.
  std::string check_description() const;
  /// Every path follows trained facts; every comparison agrees with the known values.
  std::string check_paths() const;
  /// Trained and ID questions use no fact that is held out, OOD questions no other.
  std::string check_pools() const;
  /// What is sampled from the training set is in it.
  std::string check_probes() const;
  /// No question is in training and in a test, in val_id and test_id, or, where an axis holds out,
  /// in val_ood and test_ood.
  std::string check_overlap() const;

 private:
  /// What an atomic fact asks: an entity and a relation.
  using Question = std::pair<Token, Token>;
  struct Known {
    Token answer = 0;
    bool ood = false;
  };

  void learn(const FactSet& set);
  const Known* find(const Question& question) const;
  bool is_ood(const Question& question) const;
  std::vector<Question> facts_of(const FactItem& item) const;
  void require_path(const FactItem& item, const std::string& place) const;
  bool agrees(const FactItem& item, const std::string& place) const;
  /// Calls visit(item, place) for every item of every set.
  template <class Visit>
  void for_each(const Visit& visit) const;

  std::filesystem::path folder_;
  std::vector<std::string> names_;
  FactConfig config_;
  FactVocabulary vocabulary_;
  std::unordered_map<std::uint64_t, Known> known_;
  std::uint64_t trained_atomic_ = 0;
  std::uint64_t identities_ = 0;  ///< entities that are asked for alone
};

}  // namespace recombine
