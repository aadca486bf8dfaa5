#pragma once
// What a family of items asks. To add a family: a class like these and its line in export.cc.

#include <string>
#include <vector>

#include "data/dataset.h"
#include "eval/prompts/config.h"
#include "eval/prompts/question.h"

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

}  // namespace recombine
