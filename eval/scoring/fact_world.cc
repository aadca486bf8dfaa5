#include "eval/scoring/fact_world.h"

namespace recombine {
namespace fs = std::filesystem;

QuestionParts parts_of(std::span<const Token> question, const FactVocabulary& vocabulary) {
  QuestionParts parts;
  for (const Token token : question) {
    if (vocabulary.is_entity(token)) parts.entities.push_back(token);
    if (vocabulary.is_relation(token)) parts.relations.push_back(token);
  }
  return parts;
}

std::optional<Token> last_of_answer(const FactItem& item, const FactVocabulary& vocabulary) {
  const auto answer = item.answer();
  std::optional<Token> last;
  for (const Token token : answer) {
    if (token == vocabulary.end()) break;
    last = token;
  }
  return last;
}

std::optional<AtomicFact> atomic_fact(const FactItem& item, const FactVocabulary& vocabulary) {
  const QuestionParts parts = parts_of(item.question(), vocabulary);
  const auto tail = last_of_answer(item, vocabulary);
  if (parts.entities.size() != 1 || parts.relations.size() != 1 || !tail) return std::nullopt;
  return AtomicFact{parts.entities.front(), parts.relations.front(), *tail};
}

std::vector<AtomicFact> facts_on_path(const FactItem& item, const FactVocabulary& vocabulary) {
  const auto relations = parts_of(item.question(), vocabulary).relations;
  std::vector<AtomicFact> facts;
  if (item.path.size() == relations.size() + 1) {
    for (std::size_t hop = 0; hop < relations.size(); ++hop)
      facts.push_back({item.path[hop], relations[hop], item.path[hop + 1]});
  } else if (const auto fact = atomic_fact(item, vocabulary)) {
    facts.push_back(*fact);
  }
  return facts;
}

std::optional<fs::path> training_folder(const fs::path& folder) {
  const fs::path whole = fs::weakly_canonical(folder);
  const fs::path set = whole.has_filename() ? whole : whole.parent_path();
  const fs::path train = set.parent_path() / "train";
  if (!fs::exists(train / kManifestFile)) return std::nullopt;
  return train;
}

std::vector<AtomicFact> facts_beside(const FactSet& data) {
  const auto folder = training_folder(data.folder());
  if (!folder || read_manifest(*folder).family != FactRecords::kFamily) return {};
  const FactSet train(*folder);
  const FactVocabulary& vocabulary = train.records().vocabulary;
  if (vocabulary != data.records().vocabulary) return {};
  std::vector<AtomicFact> facts;
  for (const FactItem& item : train) {
    if (const auto fact = atomic_fact(item, vocabulary)) facts.push_back(*fact);
  }
  return facts;
}

}  // namespace recombine
