#include "generator/facts/audit.h"

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "data/error.h"
#include "data/progress.h"
#include "data/set_names.h"
#include "data/storage/hash.h"

namespace recombine {
namespace fs = std::filesystem;
namespace {

constexpr const char* kRunAgain = "run it again";

/// An entity with a relation, as a key.
std::uint64_t fact_key(Token entity, Token relation) {
  return (std::uint64_t{entity} << 32U) | relation;
}

/// The entities and the relations of a question, each in its order.
struct AskedParts {
  std::vector<Token> entities;
  std::vector<Token> relations;
};

AskedParts asked_parts(const FactItem& item, const FactVocabulary& vocabulary) {
  AskedParts parts;
  for (const Token token : item.question()) {
    if (vocabulary.is_entity(token)) parts.entities.push_back(token);
    if (vocabulary.is_relation(token)) parts.relations.push_back(token);
  }
  return parts;
}

/// The last token before </a>; nothing where there is none.
std::optional<Token> recorded_answer(const FactItem& item, const FactVocabulary& vocabulary) {
  std::optional<Token> last;
  for (const Token token : item.answer()) {
    if (token == vocabulary.end()) break;
    last = token;
  }
  return last;
}

}  // namespace

FactAudit::FactAudit(fs::path folder, std::vector<std::string> names, bool made)
    : folder_(std::move(folder)), names_(std::move(names)), made_(made) {
  for (const std::string& name : names_) {
    const FactSet set(folder_ / name);
    const FactVocabulary& vocabulary = set.records().vocabulary;
    if (name == names_.front()) vocabulary_ = vocabulary;
    require_data(vocabulary == vocabulary_, folder_.string(), ": ", name,
                 " has another vocabulary than ", names_.front());
    learn(set);
  }
}

void FactAudit::learn(const FactSet& set) {
  for (const FactItem& item : set) {
    check_interrupted(kRunAgain);
    const AskedParts parts = asked_parts(item, vocabulary_);
    const std::optional<Token> tail = recorded_answer(item, vocabulary_);
    if (parts.entities.size() != 1 || parts.relations.size() != 1 || !tail) continue;
    facts_[fact_key(parts.entities.front(), parts.relations.front())].insert(*tail);
  }
}

const FactAudit::Tails* FactAudit::find(Token entity, Token relation) const {
  const auto place = facts_.find(fact_key(entity, relation));
  return place == facts_.end() ? nullptr : &place->second;
}

FactAudit::Tails FactAudit::labels_of(const FactItem& item) const {
  const AskedParts parts = asked_parts(item, vocabulary_);
  if (parts.entities.size() != 2 || parts.relations.size() != 1) return {};
  const Tails* first = find(parts.entities[0], parts.relations[0]);
  const Tails* second = find(parts.entities[1], parts.relations[0]);
  if (first == nullptr || second == nullptr) return {};
  const auto attribute = static_cast<int>(parts.relations[0] - vocabulary_.relation(0));
  Tails labels;
  for (const Token one : *first) {
    for (const Token other : *second)
      labels.insert(vocabulary_.label(attribute, one < other ? 0 : one == other ? 1 : 2));
  }
  return labels;
}

FactAudit::Tails FactAudit::answers_to(const FactItem& item) const {
  const AskedParts parts = asked_parts(item, vocabulary_);
  if (parts.entities.size() == 2) return labels_of(item);
  if (parts.entities.size() != 1) return {};
  Tails reached = {parts.entities.front()};
  for (const Token relation : parts.relations) {
    Tails next;
    for (const Token entity : reached) {
      const Tails* tails = find(entity, relation);
      if (tails != nullptr) next.insert(tails->begin(), tails->end());
    }
    reached = std::move(next);
  }
  return reached;
}

bool FactAudit::is_tested(const std::string& name) const {
  return name.starts_with("val_") || name.starts_with("test_");
}

std::string FactAudit::check_answers() const {
  std::uint64_t sure = 0;
  std::uint64_t open = 0;
  std::uint64_t several = 0;
  std::uint64_t other = 0;
  for (const std::string& name : names_) {
    if (!is_tested(name)) continue;
    for (const FactItem& item : FactSet(folder_ / name)) {
      check_interrupted(kRunAgain);
      const std::string place = cat((folder_ / name).string(), ": ", item.id);
      const Tails answers = answers_to(item);
      const std::optional<Token> recorded = recorded_answer(item, vocabulary_);
      if (answers.empty()) {
        // The hard questions are of values that no set has: transitivity decides them.
        require_data(!made_ || vocabulary_.compares(), place,
                     ": no stored fact leads to an answer");
        ++open;
      } else if (answers.size() > 1) {
        require_data(!made_, place, ": the stored facts lead to ", answers.size(), " answers");
        ++several;
      } else {
        const bool right = recorded == *answers.begin();
        require_data(right || item.noisy || !made_, place, ": the stored facts lead to ",
                     vocabulary_.text(*answers.begin()), " and not to the recorded answer");
        ++(right ? sure : other);
      }
    }
  }
  std::string text = cat(sure,
                         " tested questions have one answer that the stored facts lead to, "
                         "the recorded one");
  if (open > 0) text += cat("; facts behind ", open, " are not stored");
  if (other > 0) text += cat("; ", other, " record another answer");
  if (several > 0) text += cat("; ", several, " have several answers");
  return text;
}

std::string FactAudit::check_overlap() const {
  std::unordered_set<std::uint64_t> trained;
  if (std::ranges::find(names_, kTrainSet) == names_.end())
    return "no set is called train: nothing to compare with";
  for (const FactItem& item : FactSet(folder_ / std::string(kTrainSet))) {
    check_interrupted(kRunAgain);
    trained.insert(xxh3(item.id));
  }
  std::uint64_t tested = 0;
  for (const std::string& name : names_) {
    if (!is_tested(name)) continue;
    std::uint64_t shared = 0;
    std::string first;
    for (const FactItem& item : FactSet(folder_ / name)) {
      check_interrupted(kRunAgain);
      ++tested;
      if (!trained.contains(xxh3(item.id))) continue;
      if (shared++ == 0) first = item.id;
    }
    require_data(shared == 0, folder_.string(), ": ", shared, " questions of ", name,
                 " are trained, the first ", first);
  }
  return cat("none of ", tested, " tested questions is trained");
}

}  // namespace recombine
