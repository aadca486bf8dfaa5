#pragma once
// What a family of items asks. To add a family: a class like these and its line in export.cc.

#include <string>
#include <vector>

#include "data/storage/dataset.h"
#include "eval/llm/config.h"
#include "eval/llm/question.h"
#include "eval/scoring/fact_world.h"

namespace recombine {

/// Questions without their ids, split and digest.
using Questions = std::vector<Question>;

class GridAsker {
 public:
  /// `text`: a template, or empty. Throws InputError where it does not ask.
  GridAsker(const EpisodeSet& data, const PromptConfig& config, std::string text);

  static std::string stratum(const Episode& episode);
  Questions questions(const Episode& episode) const;
  /// Of the grids, in cells.
  int side() const { return side_; }

 private:
  PromptConfig config_;
  std::string text_;
  int side_ = 0;
};

/// Questions along relations, with facts of the world around them.
class FactAsker {
 public:
  /// Throws InputError for worlds in which entities are compared, DataError where there are no
  /// facts to tell: those of the training set beside `data`.
  FactAsker(const FactSet& data, const PromptConfig& config, std::string text);

  static std::string stratum(const FactItem& item);
  Questions questions(const FactItem& item) const;
  static int side() { return 0; }

 private:
  /// The facts that lead to the answer, others of the entities on the way, then any: shuffled.
  std::vector<AtomicFact> told(const FactItem& item) const;

  PromptConfig config_;
  std::string text_;
  FactVocabulary vocabulary_;
  std::vector<AtomicFact> facts_;  ///< by head and relation
};

}  // namespace recombine
