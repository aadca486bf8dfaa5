#pragma once
// What a family of items asks. To add a family: a class like these and its line in export.cc.

#include <string>
#include <vector>

#include "data/storage/dataset.h"
#include "eval/llm/config.h"
#include "eval/llm/prompts/fact_context.h"
#include "eval/llm/question.h"

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
  /// A right answer of the most tokens, in the form that is asked for.
  std::string longest_answer() const;

 private:
  PromptConfig config_;
  std::string text_;
  int side_ = 0;
};

/// Questions along relations, and comparisons of two entities, with facts of the world around them.
class FactAsker {
 public:
  /// Throws InputError for options that have no meaning for facts, DataError where there are no
  /// facts to tell: those of the training set beside `data`.
  FactAsker(const FactSet& data, const PromptConfig& config, std::string text);

  static std::string stratum(const FactItem& item);
  Questions questions(const FactItem& item) const;
  static int side() { return 0; }
  std::string longest_answer() const;

 private:
  /// The entities that a question of compositions leads to.
  std::vector<Token> reached(const FactItem& item) const;
  std::string own_text() const;

  PromptConfig config_;
  std::string text_;
  FactVocabulary vocabulary_;
  FactContext context_;
};

}  // namespace recombine
