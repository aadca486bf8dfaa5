#include "eval/llm/answers/strictness.h"

#include <algorithm>
#include <vector>

#include "data/text.h"
#include "eval/llm/answers/blocks.h"
#include "eval/llm/answers/label.h"
#include "eval/llm/answers/signs.h"
#include "eval/llm/answers/thinking.h"
#include "eval/llm/answers/unwrapped.h"

namespace recombine {
namespace {

struct NamedBlock {
  Block block;
  Label label = Label::kPlain;
};

/// Whether a grid leads to the next: nothing but an arrow stands between them.
bool is_arrow(std::string_view between) {
  constexpr std::size_t kLongest = 12;
  if (between.size() > kLongest || between.find('\n') != std::string_view::npos) return false;
  return std::ranges::any_of(std::array{"->", "=>", "\u2192"}, [&](const char* arrow) {
    return between.find(arrow) != std::string_view::npos;
  });
}

std::vector<NamedBlock> named_blocks(std::string_view text, int side) {
  std::vector<NamedBlock> named;
  std::string before;
  std::size_t begin = 0;
  for (Block& block : find_blocks(text, side)) {
    if (block.begin < begin) continue;  // lies within the one before
    const std::string_view between = text.substr(begin, block.begin - begin);
    if (!named.empty() && is_arrow(between)) {
      named.back().label = Label::kRestated;
      before += " output";
    } else {
      before = between;
    }
    begin = block.end;
    named.push_back({std::move(block), label_of(before)});
  }
  return named;
}

const NamedBlock* last_with(const std::vector<NamedBlock>& blocks, Label label) {
  const auto found = std::find_if(blocks.rbegin(), blocks.rend(),
                                  [&](const NamedBlock& named) { return named.label == label; });
  return found == blocks.rend() ? nullptr : &*found;
}

/// The block that is the answer; null where there is none.
const NamedBlock* answer_of(std::string_view text, const std::vector<NamedBlock>& blocks) {
  const NamedBlock* marked = last_with(blocks, Label::kAnswer);
  const NamedBlock* plain = last_with(blocks, Label::kPlain);
  if (marked == nullptr) {
    if (plain != nullptr) return plain;
    return blocks.size() == 1 ? &blocks.front() : nullptr;
  }
  const bool behind = plain != nullptr && plain->block.begin > marked->block.end;
  if (behind && takes_back(text.substr(marked->block.end, plain->block.begin - marked->block.end)))
    return plain;
  return marked;
}

Strictness strictness_of(const NamedBlock& named) {
  if (named.block.form == BlockForm::kRows) return Strictness::kRows;
  if (named.block.form == BlockForm::kDigits) return Strictness::kDigits;
  return named.label == Label::kAnswer ? Strictness::kMarked : Strictness::kList;
}

/// Why an answer without a block is none.
std::string reason_without(std::string_view text, const Spoken& spoken, bool cut) {
  if (trim(text).empty()) return "empty answer";
  if (spoken.unfinished) return "thinking never ended";
  return cut ? "cut off" : "no grid";
}

/// What the published rules read where no level does. Nothing out of a thought, which they do not
/// know: but of <details>, which may hold the answer alone.
std::optional<Grid> strict_grid(const StrictReading& strict, const Spoken& spoken, int side) {
  const bool thought = std::ranges::any_of(
      spoken.thoughts, [](const Thought& one) { return one.kind != "details"; });
  return thought ? read_strictly(spoken.text, side).grid : strict.grid;
}

/// The blocks of a text and which of them is the answer. `text` must outlive it.
struct FoundAnswer {
  FoundAnswer(std::string_view text, int side) : blocks(named_blocks(text, side)) {
    block = answer_of(text, blocks);
  }

  bool grid() const { return block != nullptr && block->block.grid.has_value(); }
  bool named() const { return grid() && block->label == Label::kAnswer; }

  std::vector<NamedBlock> blocks;
  const NamedBlock* block = nullptr;
};

/// Whether a grid that was unwrapped is the answer: it is named as one, or nothing plain is there.
bool unwraps(const FoundAnswer& plain, const FoundAnswer& wrapped, bool cut) {
  if (plain.named() || !wrapped.grid()) return false;
  return wrapped.named() || (!plain.grid() && !cut);
}

}  // namespace

GridReading read_grid(std::string_view text, int side, bool cut) {
  GridReading reading;
  reading.strict = read_strictly(text, side);
  const Spoken spoken = without_thinking(text);
  reading.thoughts = spoken.thoughts;
  const std::string plain = spoken.unfinished ? "" : plain_signs(spoken.text);
  const FoundAnswer answer(plain, side);
  if (!answer.named()) {
    const std::string other = unwrapped(plain, side);
    const FoundAnswer wrapped(other, side);
    if (unwraps(answer, wrapped, cut)) {
      reading.grid = wrapped.block->block.grid;
      const bool strict = reading.strict.grid == reading.grid;
      reading.strictness = strict ? Strictness::kStrict : Strictness::kUnwrapped;
      return reading;
    }
  }
  if (answer.block == nullptr || (cut && !answer.named())) {
    reading.reason = reason_without(text, spoken, cut);
    if (cut || spoken.unfinished || !answer.blocks.empty()) return reading;
    reading.grid = strict_grid(reading.strict, spoken, side);
    if (!reading.grid) return reading;
    const bool same = reading.strict.grid == reading.grid;
    reading.reason.clear();
    reading.strictness = same ? Strictness::kStrict : Strictness::kMarked;
    return reading;
  }
  reading.grid = answer.block->block.grid;
  reading.reason = answer.block->block.flaw;
  if (!reading.grid) return reading;
  const bool strict = reading.strict.grid == reading.grid;
  reading.strictness = strict ? Strictness::kStrict : strictness_of(*answer.block);
  return reading;
}

std::optional<Grid> read_at(Strictness strictness, std::string_view text, int side) {
  if (strictness == Strictness::kStrict) return read_strictly(text, side).grid;
  const Spoken spoken = without_thinking(text);
  if (spoken.unfinished) return std::nullopt;
  const std::string plain = plain_signs(spoken.text);
  if (strictness == Strictness::kUnwrapped) {
    const std::string other = unwrapped(plain, side);
    const FoundAnswer wrapped(other, side);
    return wrapped.grid() ? wrapped.block->block.grid : std::nullopt;
  }
  const std::vector<NamedBlock> blocks = named_blocks(plain, side);
  const auto found = std::find_if(blocks.rbegin(), blocks.rend(), [&](const NamedBlock& named) {
    const bool list = named.block.form == BlockForm::kList;
    const bool counts = strictness == Strictness::kMarked ? list && named.label == Label::kAnswer
                        : strictness == Strictness::kList ? list
                        : strictness == Strictness::kRows ? named.block.form == BlockForm::kRows
                                                          : named.block.form == BlockForm::kDigits;
    return counts && named.block.grid;
  });
  return found == blocks.rend() ? std::nullopt : found->block.grid;
}

}  // namespace recombine
