#pragma once
// Tokens of soft grids: what the transformers of the executor see of a soft grid.
// Letters: docs/GLOSSARY.md.

#include <string>
#include <vector>

#include <torch/torch.h>

#include "models/config.h"
#include "models/executor/soft_grids.h"
#include "models/weights/weight.h"

namespace recombine {

/// Soft grids with what is read off them.
struct SoftGridReading {
  torch::Tensor features;        ///< [R, G, 11 P], or 10 P without occupancy
  torch::Tensor bounding_boxes;  ///< [R, 4, N]; undefined without bounding boxes
};

/// Reads off soft grids what the config says: which cells are filled, and where the object lies.
class SoftGridReader {
 public:
  SoftGridReader(const ModelConfig& config, const GridShape& shape);

  /// soft_grids [I, B, G, 10 P], indicator [B, G, 10 P] -> of all I B.
  SoftGridReading operator()(const torch::Tensor& soft_grids, const torch::Tensor& indicator) const;

 private:
  GridShape shape_;
  bool occupancy_;
  bool bounding_box_;
};

/// Tokens of one kind of soft grid, by the tables under a name.
class GridEmbedding {
 public:
  GridEmbedding(const WeightTable& weights, const std::string& name, const GridShape& shape);

  /// -> [R, G, D].
  torch::Tensor operator()(const SoftGridReading& reading) const;

 private:
  std::int64_t patch_;
  torch::Tensor cells_;                   ///< [D, features]
  torch::Tensor box_rows_, box_columns_;  ///< [2, 2 N - 1, D]; undefined without bounding boxes
};

/// Tables of rows and columns [N / patch, D] -> [G, D]: what a patch's position adds to its token.
torch::Tensor patch_positions(const torch::Tensor& rows, const torch::Tensor& columns);

/// What an episode's indicator, and positions, add to all tokens of the episode.
struct EpisodeIndicator {
  torch::Tensor cells;         ///< [B, G, 10 P]: the indicator as a given soft grid
  torch::Tensor pairs, grids;  ///< [B, G, D]: added to tokens of pairs and of single grids
};

/// Finds the indicator of an episode in the study pairs that show it.
class IndicatorFinder {
 public:
  IndicatorFinder(const WeightTable& weights, const GridShape& shape);

  /// study [B, S, 2, N, N], and which pairs show the indicator.
  EpisodeIndicator operator()(const torch::Tensor& study,
                              const std::vector<std::int64_t>& indicated) const;

 private:
  struct Addition {
    torch::Tensor row, column;  ///< [N / patch, D] each
    torch::Tensor indicator;    ///< [D, 10 P]; undefined where tokens do not know the indicator

    Addition(const WeightTable& weights, const std::string& name);
    torch::Tensor operator()(const torch::Tensor& cells) const;
  };

  GridShape shape_;
  Addition pairs_, grids_;
};

/// boxes [R, 2, N] (one-hot), table [2, 2 N - 1, width] by distance -> [R, N / step, width]: what
/// the positions 0, step, 2 step ... are, seen from both edges of the object.
torch::Tensor seen_from_edges(const torch::Tensor& boxes,
                              const torch::Tensor& table,
                              std::int64_t step);

}  // namespace recombine
