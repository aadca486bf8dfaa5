#include "generator/grids/rules/bystanders.h"

#include <algorithm>
#include <array>

#include "data/components.h"

namespace recombine {
namespace {

using ColourSet = std::array<bool, kColours>;

/// The colours of an input that its output keeps in their places, beside some other colour. All
/// that are there for a question without its output.
ColourSet kept_colours(const Example& example) {
  const std::vector<Colour>& input = example.input.cells();
  const std::vector<Colour>& output = example.output.cells();
  ColourSet kept{};
  for (const Colour colour : input) kept.at(colour) = colour != 0;
  if (std::ranges::count(kept, true) < 2) return {};
  if (output.size() != input.size()) return kept;
  for (std::size_t place = 0; place < input.size(); ++place) {
    if (input[place] != output[place]) kept.at(input[place]) = false;
  }
  return kept;
}

/// Leaves of `colours` those that every example keeps.
void keep_shared(std::span<const Example> examples, ColourSet& colours) {
  for (const Example& example : examples) {
    const ColourSet kept = kept_colours(example);
    for (std::size_t colour = 0; colour < colours.size(); ++colour)
      colours.at(colour) = colours.at(colour) && kept.at(colour);
  }
}

std::vector<Example> all_without(std::span<const Example> examples, Colour colour) {
  std::vector<Example> plain;
  plain.reserve(examples.size());
  for (const Example& example : examples) plain.push_back(without_bystanders(example, colour));
  return plain;
}

}  // namespace

std::vector<Colour> possible_bystanders(std::span<const Example> examples) {
  std::vector<Colour> possible;
  if (examples.empty()) return possible;
  ColourSet colours{};
  colours.fill(true);
  keep_shared(examples, colours);
  for (Colour colour = 1; colour < kColours; ++colour) {
    if (colours.at(colour)) possible.push_back(colour);
  }
  return possible;
}

Colour bystander_colour(const Episode& episode) {
  if (episode.study.empty() && episode.queries.empty()) return 0;
  ColourSet colours{};
  colours.fill(true);
  for (const auto* examples : {&episode.study, &episode.spare, &episode.queries})
    keep_shared(*examples, colours);
  const Grammar& grammar = episode.grammar;
  colours.at(static_cast<std::size_t>(grammar.role_colour)) = false;
  for (const Indicator& indicator : grammar.indicators)
    colours.at(static_cast<std::size_t>(indicator.colour)) = false;
  colours.front() = false;
  const auto first = std::ranges::find(colours, true);
  return first == colours.end() ? Colour{0} : static_cast<Colour>(first - colours.begin());
}

int pieces_of_colour(const Grid& grid, Colour colour) {
  if (colour == 0) return 0;
  Grid only = grid;
  for (Colour& cell : only.cells()) cell = cell == colour ? cell : Colour{0};
  return static_cast<int>(connected_components(only).size());
}

Grid without_colour(const Grid& grid, Colour colour) {
  Grid rest = grid;
  if (colour != 0) std::ranges::replace(rest.cells(), colour, Colour{0});
  return rest;
}

void add_colour(Grid& grid, const Grid& from, Colour colour) {
  if (colour == 0) return;
  for (std::size_t place = 0; place < grid.cells().size(); ++place) {
    if (from.cells()[place] == colour) grid.cells()[place] = colour;
  }
}

Example without_bystanders(const Example& example, Colour colour) {
  Example plain = example;
  if (colour == 0) return plain;
  const bool answered = plain.output.side() == plain.input.side();
  for (std::size_t place = 0; place < plain.input.cells().size(); ++place) {
    if (plain.input.cells()[place] != colour) continue;
    plain.input.cells()[place] = 0;
    if (answered) plain.output.cells()[place] = 0;
  }
  return plain;
}

Episode without_bystanders(const Episode& episode, Colour colour) {
  Episode plain = episode;
  plain.study = all_without(episode.study, colour);
  plain.spare = all_without(episode.spare, colour);
  plain.queries = all_without(episode.queries, colour);
  return plain;
}

}  // namespace recombine
