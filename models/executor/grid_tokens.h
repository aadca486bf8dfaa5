#pragma once
// Tokens of soft grids: what the transformers of the executor see of a soft grid.
// Letters: docs/GLOSSARY.md.

#include <string>
#include <vector>

#include <torch/torch.h>

#include "models/config.h"
#include "models/layers/soft_grids.h"
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
  explicit SoftGridReader(const ModelConfig& config);

  /// soft_grids [I, B, G, 10 P], indicator [B, G, 10 P] -> of all I B.
  SoftGridReading operator()(const torch::Tensor& soft_grids, const torch::Tensor& indicator) const;

 private:
  std::int64_t patch_;
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
  torch::Tensor box_rows_, box_columns_;  ///< [2, distances, D]; undefined without bounding boxes
};

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
  /// Of several indicators together, by the pairs that show each.
  EpisodeIndicator together(const torch::Tensor& study,
                            const std::vector<std::vector<std::int64_t>>& indicated) const;

 private:
  struct Addition {
    torch::Tensor row, column;  ///< as patch_positions() has them
    torch::Tensor indicator;    ///< [D, 10 P]; undefined where tokens do not know the indicator

    Addition(const WeightTable& weights, const std::string& name);
    torch::Tensor operator()(const torch::Tensor& cells, std::int64_t patch) const;
  };

  std::int64_t patch_;
  Addition pairs_, grids_;
};

}  // namespace recombine
