#include "eval/llm/prompts/grid_question.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "data/few_shots.h"
#include "eval/llm/prompts/template.h"

namespace recombine {
namespace {

constexpr std::string_view kTask =
    "This is a puzzle of abstract visual reasoning. Objects on grids of {{side}}x{{side}} cells "
    "are "
    "changed by hidden geometric rules. You are shown {{count}} pairs, each an input grid and the "
    "output grid that the rules make of it. A grid is a list of rows, a row is a list of whole "
    "numbers from 0 to 9: 0 is the background, 1 to 9 are the colours of objects. {{structure}}\n"
    "\n"
    "Your steps:\n"
    "1. Analyse every pair: what is different between its input and its output?\n"
    "2. Identify the rules, and what makes each of them apply.\n"
    "3. Apply all rules that hold for the final input to it, together.\n"
    "4. Output the grid that comes out.\n"
    "\n"
    "Rules for your answer:\n"
    "- Give the final output grid alone, without any explanation and without program code.\n"
    "- Write it in the form output: [[...], [...], ...]\n"
    "- It has {{side}} rows of {{side}} whole numbers from 0 to 9, without extra line breaks.\n"
    "\n";

constexpr std::string_view kLists =
    "Format of the input: each study example is a line with its input grid and a line with its "
    "output grid; the final input, for which you give the output, comes last.{{picture}}\n"
    "\n"
    "### Input:\n"
    "Study examples:\n"
    "{{examples}}\n"
    "\n"
    "Final input:\n"
    "{{query}}\n";

constexpr std::string_view kPicture =
    "Format of the input: the picture shows the study examples, each input with an arrow to its "
    "output, and last the final input, for which you give the output. Every coloured cell carries "
    "its number; black cells are 0.\n";

constexpr std::string_view kPictureBeside =
    " The picture shows the same grids; every coloured cell carries its number, black cells are 0.";

// The same of a picture without numbers.
constexpr std::string_view kNamedPicture =
    "Format of the input: the picture shows the study examples, each input with an arrow to its "
    "output, and last the final input, for which you give the output. Black cells are 0, red 1, "
    "orange 2, yellow 3, green 4, blue 5, purple 6, pink 7, cyan 8, grey 9.\n";

constexpr std::string_view kNamedPictureBeside =
    " The picture shows the same grids: 0 is black, 1 red, 2 orange, 3 yellow, 4 green, 5 blue, 6 "
    "purple, 7 pink, 8 cyan, 9 grey.";

/// How many pairs, from `first` on, have `rules` rules in force.
std::size_t run_of(const std::vector<Example>& shown, std::size_t first, int rules) {
  std::size_t end = first;
  while (end < shown.size() && std::popcount(shown[end].roles) == rules) ++end;
  return end - first;
}

std::string pairs_text(std::size_t count) { return count == 1 ? "pair" : cat(count, " pairs"); }

bool has_further_indicators(const std::vector<Example>& shown) {
  return std::ranges::any_of(shown, [](const Example& pair) { return pair.roles > kAllRoles; });
}

/// What the pairs have to do with each other.
std::string structure_of(const std::vector<Example>& shown, const std::vector<Example>& asked) {
  const std::size_t single = run_of(shown, 0, 1);
  const std::size_t composed = run_of(shown, single, 2);
  if (single + composed != shown.size())
    return "The final input follows the same rules as the pairs.";
  std::string text;
  if (single > 0)
    text +=
        cat("In the first ", pairs_text(single),
            " a single rule is in force; it is triggered by the colour of the object, by its "
            "shape, or by the presence of ",
            has_further_indicators(shown) ? "one of several other objects. " : "a second object. ");
  if (composed > 0)
    text += cat("In the last ", pairs_text(composed), " two rules are in force together. ");
  const bool further = std::ranges::none_of(asked, [](const Example& query) {
    return query.roles != kUnknownRoles && std::popcount(query.roles) < 3;
  });
  return text + (further ? "In the final input the rules must be combined further than in any pair."
                         : "In the final input rules must be combined in the same way.");
}

std::string examples_text(const std::vector<Example>& shown) {
  std::string text;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    text += cat(i == 0 ? "" : "\n", "example input ", i + 1, ": ", python_list(shown[i].input),
                "\nexample output ", i + 1, ": ", python_list(shown[i].output));
  }
  return text;
}

}  // namespace

// A prompt is little more than some thousand of these cells.
std::string python_list(const Grid& grid) {
  std::string text;
  text.reserve(3 * grid.cells().size() + 4 * static_cast<std::size_t>(grid.side()) + 2);
  text += "[";
  for (int row = 0; row < grid.side(); ++row) {
    text += row == 0 ? "[" : ", [";
    for (int col = 0; col < grid.side(); ++col) {
      if (col > 0) text += ", ";
      text += static_cast<char>('0' + grid(row, col));
    }
    text += "]";
  }
  text += "]";
  return text;
}

GridTask grid_task(const Episode& episode, const PromptConfig& config) {
  Episode shown = config.shots > 0 ? with_shots(episode, config.shots) : episode;
  GridTask task{std::move(shown.study), std::move(shown.queries)};
  if (config.queries == "first") task.asked.resize(std::min<std::size_t>(task.asked.size(), 1));
  return task;
}

std::string grid_text(const GridTask& task,
                      const Grid& query,
                      const PromptConfig& config,
                      std::string_view text) {
  const bool numbers = config.palette == "arc";
  const std::string_view picture = numbers ? kPicture : kNamedPicture;
  const std::string_view beside = numbers ? kPictureBeside : kNamedPictureBeside;
  const std::string own = cat(kTask, config.image_only ? picture : kLists);
  return fill_template(text.empty() ? own : text,
                       {{"side", std::to_string(query.side())},
                        {"count", std::to_string(task.shown.size())},
                        {"structure", structure_of(task.shown, task.asked)},
                        {"examples", examples_text(task.shown)},
                        {"query", python_list(query)},
                        {"picture", std::string(config.image ? beside : "")}});
}

}  // namespace recombine
