#pragma once
// What the stored facts say of the questions that are tested, of worlds made here and of imports:
// nothing but the records is known.

#include <filesystem>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "data/storage/dataset.h"

namespace recombine {

/// The atomic facts of a folder of sets, and its tested questions. Each check returns what it found
/// and throws DataError where it fails.
class FactAudit {
 public:
  /// Reads the atomic facts of all sets. `made` says that the sets are a whole world. Throws
  /// DataError for damaged sets, and Interrupted.
  FactAudit(std::filesystem::path folder, std::vector<std::string> names, bool made);

  /// Every tested question has one answer that the facts lead to, the recorded one: along its
  /// relations, or by the values of what it compares. Of an import, whose facts need not be there,
  /// those that no fact answers are counted, and so are those of several answers.
  std::string check_answers() const;
  /// No tested question is trained, whatever its answer.
  std::string check_overlap() const;

 private:
  using Tails = std::set<Token>;

  void learn(const FactSet& set);
  /// All entities, values or labels that the facts give; empty where one of them is not stored.
  Tails answers_to(const FactItem& item) const;
  Tails labels_of(const FactItem& item) const;
  const Tails* find(Token entity, Token relation) const;
  bool is_tested(const std::string& name) const;

  std::filesystem::path folder_;
  std::vector<std::string> names_;
  bool made_;
  FactVocabulary vocabulary_;
  std::unordered_map<std::uint64_t, Tails> facts_;
};

}  // namespace recombine
