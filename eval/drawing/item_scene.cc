#include "eval/drawing/item_scene.h"

#include <algorithm>
#include <array>
#include <bit>
#include <map>
#include <string_view>

#include "data/error.h"

namespace recombine {
namespace {

constexpr int kItemMargin = 1;
constexpr int kArrowWidth = 2;  ///< cells between the grids of a pair
constexpr int kItemGap = 3;     ///< cells between pairs
constexpr int kItemTitle = 1;   ///< rows of a heading
constexpr int kBelow = 2;       ///< rows between grids and the next heading

int pair_width(int side) { return 2 * side + kArrowWidth; }
int entry_width(int side, bool answered) {
  return (answered ? 3 : 2) * side + (answered ? 2 : 1) * kArrowWidth;
}

std::string rule_words(const Rule& rule) {
  std::string text = rule.type;
  for (const Parameter& parameter : rule.parameters) text += " " + parameter.value;
  return text;
}

/// "shape: translation x 1 + colour: set_color 2".
std::string section_title(const Grammar& grammar, Roles roles) {
  std::string text;
  for (const std::size_t role : grammar.applied(roles)) {
    text += cat(text.empty() ? "" : " + ", role_name(role));
    const Rule& rule = grammar.rules.at(role);
    if (!rule.type.empty()) text += ": " + rule_words(rule);
  }
  return text.empty() ? "rules unknown" : text;
}

/// A scene that grows downwards. A grid has a place of `side` cells, which it need not fill.
class ItemLayout {
 public:
  ItemLayout() { scene_.rows = kItemMargin; }

  int row() const { return scene_.rows; }
  void advance(int rows) { scene_.rows += rows; }
  void text(int row, int col, std::string text, TextStyle style) {
    scene_.cols = std::max(scene_.cols, col + static_cast<int>(text.size() * 6 / 10) + 1);
    scene_.texts.push_back({row, col, std::move(text), style});
  }
  void grid(int row, int col, const Grid& grid, std::vector<bool> wrong = {}) {
    scene_.grids.push_back({row, col, grid, std::move(wrong)});
    scene_.cols = std::max(scene_.cols, col + grid.side());
  }
  void pair(int row, int col, int side, const Grid& input, const Grid& output) {
    grid(row, col, input);
    scene_.arrows.push_back({row + std::max(input.side(), output.side()) / 2, col + side});
    grid(row, col + side + kArrowWidth, output);
  }
  void answer(int row, int col, int side, const ShownAnswer& answer, const Grid& truth) {
    if (!answer.output) {
      text(row + 1, col, answer.invalid.substr(0, static_cast<std::size_t>(side) * 3 / 2),
           TextStyle::kFaint);
      scene_.cols = std::max(scene_.cols, col + side);
      return;
    }
    const bool right = *answer.output == truth;
    grid(row, col, *answer.output,
         right ? std::vector<bool>{} : wrong_cells(*answer.output, truth));
  }
  Scene finish() {
    scene_.cols += kItemMargin;
    return std::move(scene_);
  }

 private:
  Scene scene_;
};

using Section = std::vector<const Example*>;

/// The study pairs by roles, in the order of files: one rule, then two; others behind.
std::vector<std::pair<Roles, Section>> sections_of(const Episode& episode) {
  std::vector<std::pair<Roles, Section>> sections;
  const auto add = [&](Roles roles) {
    Section pairs;
    for (const Example& example : episode.study) {
      if (example.roles == roles) pairs.push_back(&example);
    }
    if (!pairs.empty()) sections.emplace_back(roles, std::move(pairs));
  };
  for (const Roles roles : study_sections(kMaxRoles)) add(roles);
  for (unsigned roles = 1; roles <= first_roles(kMaxRoles); ++roles) {
    if (std::popcount(roles) > 2) add(static_cast<Roles>(roles));
  }
  add(kUnknownRoles);
  return sections;
}

int largest_side(const std::vector<std::pair<Roles, Section>>& sections) {
  int side = 1;
  for (const auto& [roles, pairs] : sections) {
    for (const Example* pair : pairs)
      side = std::max({side, pair->input.side(), pair->output.side()});
  }
  return side;
}

/// Of all that is shown: inputs, truths and answers.
int largest_side(std::span<const GalleryEntry> entries) {
  int side = 1;
  for (const GalleryEntry& entry : entries) {
    side = std::max({side, entry.input.side(), entry.truth.side()});
    if (entry.answer && entry.answer->output) side = std::max(side, entry.answer->output->side());
  }
  return side;
}

// Column by column, so that one-rule sections stand on the left and two-rule sections on the right.
void lay_out_study(ItemLayout& layout, const Episode& episode, int columns) {
  const auto sections = sections_of(episode);
  if (sections.empty()) return;
  std::size_t most = 0;
  for (const auto& [roles, pairs] : sections) most = std::max(most, pairs.size());
  const int side = largest_side(sections);
  const int width = static_cast<int>(most) * (pair_width(side) + kItemGap);
  const int count = static_cast<int>(sections.size());
  const int rows = (count + columns - 1) / columns;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns && column * rows + row < count; ++column) {
      const auto index = static_cast<std::size_t>(column) * static_cast<std::size_t>(rows) +
                         static_cast<std::size_t>(row);
      const auto& [roles, pairs] = sections[index];
      int col = kItemMargin + column * width;
      layout.text(layout.row(), col, section_title(episode.grammar, roles), TextStyle::kPlain);
      for (const Example* pair : pairs) {
        layout.pair(layout.row() + kItemTitle, col, side, pair->input, pair->output);
        col += pair_width(side) + kItemGap;
      }
    }
    layout.advance(kItemTitle + side + kBelow);
  }
}

std::string verdict(const GalleryEntry& entry) {
  if (!entry.answer->output) return "no answer";
  const auto wrong = wrong_cells(*entry.answer->output, entry.truth);
  const auto count = std::ranges::count(wrong, true);
  if (count == 0) return "right";
  return cat("wrong: ", count, count == 1 ? " cell" : " cells");
}

void lay_out_entry(ItemLayout& layout, const GalleryEntry& entry, int row, int col, int side) {
  const int truth = col + side + kArrowWidth;
  const int answer = truth + side + kArrowWidth;
  layout.text(row, col, entry.title, TextStyle::kPlain);
  layout.text(row, truth, "truth", TextStyle::kFaint);
  layout.pair(row + kItemTitle, col, side, entry.input, entry.truth);
  if (!entry.answer) return;
  const bool right = entry.answer->output == entry.truth;
  layout.text(row, answer, verdict(entry), right ? TextStyle::kRight : TextStyle::kWrong);
  layout.answer(row + kItemTitle, answer, side, *entry.answer, entry.truth);
}

void lay_out_entries(ItemLayout& layout, std::span<const GalleryEntry> entries, int columns) {
  if (entries.empty()) return;
  const int side = largest_side(entries);
  const bool answered =
      std::ranges::any_of(entries, [](const auto& entry) { return entry.answer.has_value(); });
  const int width = entry_width(side, answered) + kItemGap + (answered ? kItemGap : 0);
  for (std::size_t first = 0; first < entries.size(); first += static_cast<std::size_t>(columns)) {
    for (int column = 0; column < columns; ++column) {
      const std::size_t index = first + static_cast<std::size_t>(column);
      if (index < entries.size())
        lay_out_entry(layout, entries[index], layout.row(), kItemMargin + column * width, side);
    }
    layout.advance(kItemTitle + side + kBelow);
  }
}

constexpr std::array<std::string_view, 7> kNumbers = {"no",   "one",  "two", "three",
                                                      "four", "five", "six"};

/// Which rules the queries need, where all need the same ones; how many where they do not. An
/// order of its own is said too.
std::string asked_text(const Episode& episode) {
  const Grammar& grammar = episode.grammar;
  const Roles roles = episode.queries.empty() ? grammar.all_roles() : episode.queries.front().roles;
  const bool same = std::ranges::all_of(episode.queries,
                                        [&](const Example& query) { return query.roles == roles; });
  const std::string_view number = kNumbers.at(static_cast<std::size_t>(std::popcount(roles)));
  std::string text = same ? std::string(section_name(roles)) : cat("sets of ", number, " rules");
  if (roles == grammar.all_roles()) text = cat("all ", number, " rules");
  if (!grammar.order.empty()) text += cat(", in the order ", order_text(grammar));
  return text;
}

/// "query 3", and which rules it needs where not all of the episode do.
std::string query_title(const Episode& episode, std::size_t query) {
  const Roles roles = episode.queries[query].roles;
  const bool same = std::ranges::all_of(episode.queries,
                                        [&](const Example& other) { return other.roles == roles; });
  if (same) return cat("query ", query);
  return cat("query ", query, ": ", section_name(roles));
}

}  // namespace

std::vector<bool> wrong_cells(const Grid& answer, const Grid& truth) {
  std::vector<bool> wrong(answer.cells().size(), true);
  if (answer.side() != truth.side()) return wrong;
  for (std::size_t i = 0; i < wrong.size(); ++i) wrong[i] = answer.cells()[i] != truth.cells()[i];
  return wrong;
}

ShownAnswer shown(const Prediction* prediction) {
  if (prediction == nullptr) return {std::nullopt, "missing"};
  if (!prediction->invalid.empty() || !prediction->output)
    return {std::nullopt, prediction->invalid};
  return {prediction->output, ""};
}

Scene episode_scene(const Episode& episode, std::span<const ShownAnswer> answers, int columns) {
  ItemLayout layout;
  layout.text(layout.row(), kItemMargin, cat("episode ", episode.id), TextStyle::kTitle);
  layout.advance(2 * kItemTitle);
  lay_out_study(layout, episode, columns);
  layout.text(layout.row(), kItemMargin, cat("queries: ", asked_text(episode)), TextStyle::kTitle);
  layout.advance(2 * kItemTitle);
  std::vector<GalleryEntry> entries;
  for (std::size_t query = 0; query < episode.queries.size(); ++query) {
    const Example& example = episode.queries[query];
    entries.push_back({query_title(episode, query), example.input, example.output, std::nullopt});
    if (!answers.empty()) entries.back().answer = answers[query];
  }
  lay_out_entries(layout, entries, answers.empty() ? 2 * columns : columns);
  return layout.finish();
}

Scene gallery_scene(std::span<const GalleryEntry> entries, int columns) {
  ItemLayout layout;
  lay_out_entries(layout, entries, columns);
  return layout.finish();
}

Png gallery_png(std::span<const GalleryEntry> entries, const DrawingStyle& style) {
  return scene_png(gallery_scene(entries), style);
}

}  // namespace recombine
