#include "meta/batches/board_padding.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "data/error.h"
#include "data/random.h"
#include "data/text.h"

namespace recombine {
namespace {

constexpr std::uint32_t kPaddingPart = 4;  ///< of the augmentation stream, behind study_cut.cc

constexpr int kMostSide = 30;

}  // namespace

std::vector<int> padded_sides(const Names& pad_to) {
  std::vector<int> sides;
  for (const std::string& text : pad_to) {
    const std::optional<int> side = parse_number<int>(text);
    require(side && *side >= 1 && *side <= kMostSide, "--pad-to ", text, ": must be sides of 1..",
            kMostSide, ", such as 10,14");
    require(std::ranges::find(sides, *side) == sides.end(), "--pad-to ", text, ": named twice");
    sides.push_back(*side);
  }
  return sides;
}

BoardPadding drawn_padding(const std::vector<int>& sides,
                           int side,
                           std::uint64_t seed,
                           std::uint64_t group) {
  std::vector<int> larger;
  std::ranges::copy_if(sides, std::back_inserter(larger), [&](int each) { return each >= side; });
  if (larger.empty()) return {};
  CounterRandom random(seed, group, Stream::kAugment, kPaddingPart);
  const int more = larger[random.below(static_cast<std::uint32_t>(larger.size()))] - side;
  const int above = static_cast<int>(random.below(static_cast<std::uint32_t>(more + 1)));
  const int left = static_cast<int>(random.below(static_cast<std::uint32_t>(more + 1)));
  return {.above = above, .below = more - above, .left = left, .right = more - left};
}

torch::Tensor padded(const torch::Tensor& grids, const BoardPadding& padding) {
  if (padding == BoardPadding{}) return grids;
  return torch::constant_pad_nd(grids, {padding.left, padding.right, padding.above, padding.below});
}

}  // namespace recombine
