#pragma once
// What is asked about an episode, in words. The structure follows the published prompts
// (Compositional-ARC, arXiv 2504.01445); the wording is our own.

#include <string>
#include <string_view>
#include <vector>

#include "data/episode.h"
#include "eval/llm/config.h"

namespace recombine {

/// "[[0, 0, 3], [0, 0, 0], [0, 0, 0]]": as Python prints a list.
std::string python_list(const Grid& grid);

/// What an episode shows and what it asks, in that order.
struct GridTask {
  std::vector<Example> shown;
  std::vector<Example> asked;
};

/// The episode as `config` asks about it: its first query or all of them, after its study pairs.
/// With shots, after so many pairs under all three rules (data/few_shots.h, with its errors).
GridTask grid_task(const Episode& episode, const PromptConfig& config);

/// The message, made of `text` (a template, or empty: our own). Its places: side, count, structure,
/// examples, query, picture.
std::string grid_text(const GridTask& task,
                      const Grid& query,
                      const PromptConfig& config,
                      std::string_view text);

}  // namespace recombine
