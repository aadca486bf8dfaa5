#pragma once
// Which facts of a world a prompt tells.

#include <map>
#include <vector>

#include "data/random.h"
#include "data/storage/dataset.h"
#include "eval/llm/config.h"
#include "eval/scoring/fact_world.h"

namespace recombine {

/// The facts of the training set beside a data set. Where entities are compared, a trained
/// comparison is told as well, as a fact whose `relation` is its label: x, <attr_1_2>, y. Those
/// whose answer the trained values give are left out.
class FactContext {
 public:
  FactContext(const FactSet& data, PromptConfig config);

  bool empty() const { return facts_.empty(); }
  /// What the prompt for an item tells, as `context` and `facts` of the config say: shuffled.
  std::vector<AtomicFact> told(const FactItem& item) const;
  /// The facts along the relations of a question of compositions; nothing where one is missing.
  std::vector<AtomicFact> followed(const FactItem& item) const;

 private:
  std::vector<AtomicFact> facts_of(Token head) const;
  /// What is trained of the question's attribute; of compositions everything.
  const std::vector<AtomicFact>& facts_on(const FactItem& item) const;
  /// The facts that lead to the answer: along the relations, or the values of both entities. For an
  /// entity without a value, its comparisons and the values of those that it is compared with.
  std::vector<AtomicFact> needed(const FactItem& item) const;
  std::vector<AtomicFact> compared_needs(const FactItem& item) const;
  /// Adds facts up to the limit of the config: others of the entities on the way, then any.
  void add_others(const FactItem& item, CounterRandom& random, std::vector<AtomicFact>& told) const;

  PromptConfig config_;
  FactVocabulary vocabulary_;
  std::vector<AtomicFact> facts_;                          ///< by head and relation, each once
  std::map<Token, std::vector<AtomicFact>> of_attribute_;  ///< the same, where entities compare
};

}  // namespace recombine
