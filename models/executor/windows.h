#pragma once
// Episodes of any side, as a network of one side reads them: of each grid a window around what
// moves. Letters: docs/GLOSSARY.md; n: side of a window.

#include <cstdint>
#include <vector>

#include <torch/torch.h>

#include "models/batch.h"

namespace recombine {

/// A bounding box, in cells.
struct ObjectBox {
  std::int64_t top = 0, left = 0, height = 0, width = 0;
};

/// Of what is filled in a grid [N, N] uint8; all 0 where nothing is.
ObjectBox object_box(const torch::Tensor& grid);

/// Windows of one episode. A window is as large as the network's grids and may reach over the edges
/// of the board. It holds the object, in a study pair where it was and where it went, and of each
/// indicator a mark in a corner: so it is for rules that look at the object alone.
class Windows {
 public:
  /// `side`: n.
  Windows(const GridBatch& episode, std::int64_t side);

  /// Places that an object may have in the window of a query; the first ones are nearer to the
  /// middle.
  static std::int64_t places();

  /// The episode with those study pairs that fit into a window beside the marks, or that alone show
  /// some rule, and with so many windows of each of these queries [1, Q' count, n, n], by places
  /// from `first` on.
  GridBatch episode(const std::vector<std::int64_t>& queries,
                    std::int64_t first,
                    std::int64_t count) const;

  /// What the answer [n, n] in a window says of the query's whole grid, [N, N].
  torch::Tensor whole(std::int64_t query, std::int64_t place, const torch::Tensor& answer) const;

  /// The answer without the marks, [n, n].
  torch::Tensor without_marks(std::int64_t query, const torch::Tensor& answer) const;

 private:
  /// An indicator: its cells, and which pairs and queries show it.
  struct Indicator {
    torch::Tensor cells;  ///< [N, N] uint8
    std::vector<bool> pairs, queries;
  };
  /// Where on the board a window begins.
  struct Corner {
    std::int64_t row = 0, column = 0;
  };

  void find_indicators(const GridBatch& given);
  void cut_study(const GridBatch& given);
  Corner corner_of(std::int64_t query, std::int64_t place) const;
  /// grids [..., N, N] without those indicators that `shown` has.
  torch::Tensor object(const torch::Tensor& grids, const std::vector<bool>& shown) const;
  /// Puts the marks of those indicators that `shown` has into a window; says whether all cells for
  /// marks were free.
  bool mark(const torch::Tensor& window, const std::vector<bool>& shown) const;
  /// Of each indicator, whether the pair or query of this number shows it.
  std::vector<bool> shown_in(std::int64_t number, std::vector<bool> Indicator::*which) const;

  std::int64_t side_;
  GridBatch episode_;  ///< without queries
  std::vector<QueryKind> kinds_;
  torch::Tensor inputs_;          ///< [Q, N, N] of the queries
  torch::Tensor objects_;         ///< the same without the indicators
  std::vector<ObjectBox> boxes_;  ///< [Q] of these
  std::vector<Indicator> indicators_;
  torch::Device device_;
};

}  // namespace recombine
