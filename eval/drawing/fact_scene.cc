#include "eval/drawing/fact_scene.h"

#include <algorithm>

#include "data/error.h"
#include "eval/drawing/fact_chain.h"

namespace recombine {
namespace {

constexpr int kFactMargin = 1;
constexpr int kBox = 11;    ///< cells across an entity
constexpr int kTall = 3;    ///< cells down an entity
constexpr int kSmall = 5;   ///< cells across an entity around it: two stand side by side
constexpr int kAcross = 9;  ///< cells of a link to the next entity
constexpr int kDown = 3;    ///< cells of a link to an entity around
constexpr int kAround = kDown + 1;
constexpr int kFactLabel = 6;  ///< cells of "predicted"
constexpr int kFactGap = 3;

int node_col(int col, std::size_t node) { return col + static_cast<int>(node) * (kBox + kAcross); }

int chain_width(std::size_t nodes) { return node_col(0, nodes) - kAcross; }

BoxStyle style_of(const FactChain& chain, std::size_t node) {
  if (node == 0) return BoxStyle::kHead;
  if (!chain.directed) return BoxStyle::kHead;
  return node + 1 == chain.nodes.size() ? BoxStyle::kTail : BoxStyle::kBridge;
}

const char* caption_of(const FactChain& chain, std::size_t node) {
  if (!chain.directed) return node == 0 ? "first" : "second";
  if (node == 0) return "head";
  return node + 1 == chain.nodes.size() ? "tail" : "bridge";
}

/// A scene that grows downwards.
class FactLayout {
 public:
  explicit FactLayout(const FactVocabulary& vocabulary) : vocabulary_(vocabulary) {
    scene_.rows = kFactMargin;
  }

  int row() const { return scene_.rows; }
  void advance(int rows) { scene_.rows += rows; }

  void text(int row, int col, std::string text, TextStyle style) {
    reserve(col + static_cast<int>(text.size() * 6 / 10) + 1);
    scene_.texts.push_back({row, col, std::move(text), style});
  }

  void box(int row, int col, std::string text, BoxStyle style, std::string caption = "") {
    reserve(col + kBox);
    scene_.boxes.push_back({row, col, kTall, kBox, std::move(text), style, std::move(caption)});
  }

  /// From the box at `node` to the next.
  void link(int row, int col, std::size_t node, const FactChain& chain) {
    const double middle = row + kTall / 2.0;
    const int begin = node_col(col, node) + kBox;
    const Token relation = chain.relations[std::min(node, chain.relations.size() - 1)];
    scene_.links.push_back({middle, static_cast<double>(begin), middle,
                            static_cast<double>(begin + kAcross), name(relation), false,
                            chain.directed});
  }

  void chain(int row, int col, const FactChain& chain) {
    for (std::size_t node = 0; node < chain.nodes.size(); ++node) {
      box(row, node_col(col, node), name(chain.nodes[node]), style_of(chain, node),
          caption_of(chain, node));
      if (node + 1 < chain.nodes.size()) link(row, col, node, chain);
    }
  }

  void answer(int row, int col, const FactEntry& entry, const FactChain& chain) {
    if (!chain.directed || chain.nodes.size() < 2) return;
    const auto nodes = said_nodes(entry, chain, vocabulary_);
    for (std::size_t node = 0; node < nodes.size(); ++node) {
      box(row, node_col(col, node), nodes[node].text, nodes[node].style);
      if (node + 1 < nodes.size()) link(row, col, node, chain);
    }
  }

  /// A small box above (an entity that leads here) or below (one that this leads to) the box whose
  /// top left cell is (row, col); `place` 0 is left, 1 right.
  void around(int row, int col, int place, const AtomicFact& fact, bool above) {
    const int left = col + place * (kSmall + 1);
    const double middle = left + kSmall / 2.0;
    const int edge = above ? row : row + kTall;
    const int top = above ? row - kAround : edge + kDown;
    scene_.boxes.push_back(
        {top, left, 1, kSmall, name(above ? fact.head : fact.tail), BoxStyle::kFaint, ""});
    const double begin = above ? row - kDown : edge;
    reserve(left + kSmall / 2 + 1 + static_cast<int>(name(fact.relation).size()) / 2 + 1);
    scene_.links.push_back({begin, middle, begin + kDown, middle, name(fact.relation), true, true});
  }

  Scene finish() {
    scene_.rows += kFactMargin;
    scene_.cols += kFactMargin;
    return std::move(scene_);
  }

 private:
  std::string name(Token token) const { return short_text(token, vocabulary_); }
  void reserve(int cols) { scene_.cols = std::max(scene_.cols, cols); }

  const FactVocabulary& vocabulary_;
  Scene scene_;
};

/// The first two facts that lead to (or from) `entity` and are not on the chain.
std::vector<AtomicFact> facts_at(Token entity,
                                 bool to,
                                 std::span<const AtomicFact> world,
                                 const FactChain& chain) {
  std::vector<AtomicFact> found;
  const auto on_chain = [&](const AtomicFact& fact) {
    for (std::size_t i = 0; chain.directed && i + 1 < chain.nodes.size(); ++i) {
      if (fact.head == chain.nodes[i] && fact.relation == chain.relations[i]) return true;
    }
    return false;
  };
  for (const AtomicFact& fact : world) {
    if ((to ? fact.tail : fact.head) == entity && !on_chain(fact)) found.push_back(fact);
  }
  // Of a comparison, the compared values first.
  std::ranges::stable_sort(found, {}, [&](const AtomicFact& fact) {
    return chain.directed || fact.relation != chain.relations.front();
  });
  found.resize(std::min<std::size_t>(found.size(), 2));
  return found;
}

void lay_out_surroundings(FactLayout& layout,
                          int row,
                          const FactChain& chain,
                          std::span<const AtomicFact> world) {
  for (std::size_t node = 0; node < chain.nodes.size(); ++node) {
    for (const bool above : {true, false}) {
      const auto facts = facts_at(chain.nodes[node], above, world, chain);
      for (std::size_t place = 0; place < facts.size(); ++place) {
        layout.around(row, node_col(kFactMargin, node), static_cast<int>(place), facts[place],
                      above);
      }
    }
  }
}

void lay_out_heading(FactLayout& layout, const FactEntry& entry, const FactVocabulary& vocabulary) {
  const FactItem& item = entry.item;
  layout.text(layout.row(), kFactMargin, cat(item.id, "  (", type_name(item.type), ")"),
              TextStyle::kTitle);
  layout.advance(2);
  const auto line = [&](const char* label, const std::string& text, TextStyle style) {
    layout.text(layout.row(), kFactMargin, label, TextStyle::kFaint);
    layout.text(layout.row(), kFactMargin + kFactLabel, text, style);
    layout.advance(1);
  };
  line("question", vocabulary.text(item.question()), TextStyle::kPlain);
  line("answer",
       cat(vocabulary.text(item.answer()),
           item.noisy ? "   (drawn as noise; the path shows the truth)" : ""),
       TextStyle::kPlain);
  if (!entry.said) return;
  const std::string words = verdict(entry, vocabulary);
  line("predicted", cat(entry.said->text, entry.said->text.empty() ? "" : "   ", words),
       words == "right" ? TextStyle::kRight : TextStyle::kWrong);
}

bool draws_answer(const FactEntry& entry, const FactChain& chain) {
  return entry.said && entry.said->invalid.empty() && chain.directed && chain.nodes.size() > 1;
}

void lay_out_entry(FactLayout& layout,
                   const FactEntry& entry,
                   const FactVocabulary& vocabulary,
                   int row,
                   int col) {
  const FactChain chain = chain_of(entry.item, vocabulary);
  layout.text(row, col, vocabulary.text(entry.item.tokens), TextStyle::kPlain);
  layout.chain(row + 2, col, chain);
  if (!entry.said) return;
  const std::string words = verdict(entry, vocabulary);
  const bool right = words == "right";
  layout.text(row + kTall + 3, col,
              cat("predicted ", entry.said->text, entry.said->text.empty() ? "" : ": ", words),
              right ? TextStyle::kRight : TextStyle::kWrong);
  if (draws_answer(entry, chain)) layout.answer(row + kTall + 5, col, entry, chain);
}

}  // namespace

Scene fact_scene(const FactEntry& entry,
                 const FactVocabulary& vocabulary,
                 std::span<const AtomicFact> world) {
  FactLayout layout(vocabulary);
  lay_out_heading(layout, entry, vocabulary);
  const FactChain chain = chain_of(entry.item, vocabulary);
  layout.advance(2 + (world.empty() || vocabulary.compares() ? 0 : kAround));  // none leads to them
  const int row = layout.row();
  layout.chain(row, kFactMargin, chain);
  lay_out_surroundings(layout, row, chain, world);
  layout.advance(kTall + (world.empty() ? 1 : kAround));
  if (draws_answer(entry, chain)) {
    layout.text(layout.row() + 1, kFactMargin, "predicted", TextStyle::kFaint);
    layout.answer(layout.row() + 2, kFactMargin, entry, chain);
    layout.advance(2 + kTall);
  }
  return layout.finish();
}

Scene fact_gallery(std::span<const FactEntry> entries,
                   const FactVocabulary& vocabulary,
                   int columns) {
  FactLayout layout(vocabulary);
  std::size_t nodes = 1;
  bool answered = false;
  for (const FactEntry& entry : entries) {
    nodes = std::max(nodes, chain_of(entry.item, vocabulary).nodes.size());
    answered = answered || entry.said.has_value();
  }
  const int width = std::max(chain_width(nodes), 26) + 2 * kFactGap;
  const int height = answered ? 2 * kTall + 5 : kTall + 2;
  for (std::size_t first = 0; first < entries.size(); first += static_cast<std::size_t>(columns)) {
    for (int column = 0; column < columns; ++column) {
      const std::size_t index = first + static_cast<std::size_t>(column);
      if (index < entries.size())
        lay_out_entry(layout, entries[index], vocabulary, layout.row(),
                      kFactMargin + column * width);
    }
    layout.advance(height + kFactGap);
  }
  return layout.finish();
}

}  // namespace recombine
