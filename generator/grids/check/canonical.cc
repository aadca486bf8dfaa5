#include "generator/grids/check/canonical.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace recombine {
namespace {

constexpr unsigned kSymmetries = 8;

/// A number out of two, as if at random (the last steps of SplitMix64).
constexpr std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = a * 0x9E3779B97F4A7C15ULL + b;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

/// A cell that is not background in both grids of an example.
struct Spot {
  int row = 0;
  int col = 0;
  Colour input = 0;
  Colour output = 0;
};

/// An example without its background; asked or shown.
struct Picture {
  std::uint64_t kind = 0;
  std::vector<Spot> spots;
};

/// What a colour is called while colours have no names: its key so far. Background is 0.
using Labels = std::array<std::uint64_t, kColours>;

/// Where a cell comes to lie: rows flipped, columns flipped, rows and columns swapped.
std::uint64_t moved_place(const Spot& spot, unsigned symmetry, int side) {
  int row = (symmetry & 1U) != 0 ? side - 1 - spot.row : spot.row;
  int col = (symmetry & 2U) != 0 ? side - 1 - spot.col : spot.col;
  if ((symmetry & 4U) != 0) std::swap(row, col);
  return static_cast<std::uint64_t>(row) * kMaxSide + static_cast<std::uint64_t>(col);
}

/// Pictures under one symmetry of the square. Keys are sums over cells and over pictures, so that
/// no order counts.
class Turned {
 public:
  Turned(const std::vector<Picture>& pictures, int side, unsigned symmetry)
      : pictures_(pictures), side_(side), symmetry_(symmetry) {}

  /// Colours are told apart by where they stand, first among blank shapes, then among shapes of
  /// colours told apart so.
  std::uint64_t key() const {
    Labels labels{};
    std::ranges::fill(labels.begin() + 1, labels.end(), 1);
    for (int round = 0; round < 2; ++round) labels = told_apart(labels);
    std::uint64_t sum = 0;
    for (const Picture& picture : pictures_) sum += mixed(key_of(picture, labels), 1);
    return mixed(sum, pictures_.size());
  }

 private:
  std::uint64_t key_of(const Picture& picture, const Labels& labels) const {
    std::uint64_t sum = 0;
    for (const Spot& spot : picture.spots) {
      const std::uint64_t colours = mixed(labels.at(spot.input), labels.at(spot.output));
      sum += mixed(colours, moved_place(spot, symmetry_, side_));
    }
    return mixed(sum, picture.kind);
  }

  Labels told_apart(const Labels& labels) const {
    Labels result{};
    for (const Picture& picture : pictures_) {
      Labels places{};
      for (const Spot& spot : picture.spots) {
        const std::uint64_t place = moved_place(spot, symmetry_, side_);
        places.at(spot.input) += mixed(place, 1);
        places.at(spot.output) += mixed(place, 2);
      }
      const std::uint64_t whole = key_of(picture, labels);
      for (std::size_t colour = 1; colour < places.size(); ++colour) {
        if (places.at(colour) != 0) result.at(colour) += mixed(whole, places.at(colour));
      }
    }
    return result;
  }

  const std::vector<Picture>& pictures_;
  int side_;
  unsigned symmetry_;
};

void add_pictures(std::span<const Example> examples,
                  std::uint64_t kind,
                  std::vector<Picture>& pictures) {
  for (const Example& example : examples) {
    Picture picture{kind, {}};
    const auto& input = example.input.cells();
    const auto& output = example.output.cells();
    const int side = example.input.side();
    for (std::size_t place = 0; place < input.size(); ++place) {
      // A question alone has an output of side 0.
      const Colour answer = place < output.size() ? output[place] : Colour{0};
      if (input[place] == 0 && answer == 0) continue;
      const int cell = static_cast<int>(place);
      picture.spots.push_back({cell / side, cell % side, input[place], answer});
    }
    pictures.push_back(std::move(picture));
  }
}

/// The least of the keys that the symmetries give.
std::uint64_t least_key(const std::vector<Picture>& pictures, int side) {
  std::uint64_t least = Turned(pictures, side, 0).key();
  for (unsigned symmetry = 1; symmetry < kSymmetries; ++symmetry)
    least = std::min(least, Turned(pictures, side, symmetry).key());
  return mixed(least, static_cast<std::uint64_t>(side));
}

}  // namespace

std::uint64_t picture_key(const Grid& grid) {
  auto key = static_cast<std::uint64_t>(grid.side());
  for (std::size_t place = 0; place < grid.cells().size(); ++place) {
    const Colour colour = grid.cells()[place];
    if (colour != 0) key = mixed(key, place * kColours + colour);
  }
  return key;
}

std::uint64_t picture_key(const Example& example) {
  return mixed(picture_key(example.input), picture_key(example.output));
}

std::uint64_t canonical_key(const Example& example) {
  std::vector<Picture> pictures;
  add_pictures({&example, 1}, 1, pictures);
  return least_key(pictures, example.input.side());
}

std::uint64_t canonical_key(std::span<const Example> study, std::span<const Example> queries) {
  std::vector<Picture> pictures;
  add_pictures(study, 1, pictures);
  add_pictures(queries, 2, pictures);
  const auto first = study.empty() ? queries : study;
  return least_key(pictures, first.empty() ? 0 : first.front().input.side());
}

}  // namespace recombine
