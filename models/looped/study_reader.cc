#include "models/looped/study_reader.h"

namespace recombine {

torch::Tensor cell_features(const torch::Tensor& soft_grids, bool occupancy) {
  return occupancy ? at::cat({soft_grids, occupancy_of(soft_grids)}, -1) : soft_grids;
}

StudyReader::StudyReader(const ModelConfig& config,
                         const GridShape& shape,
                         const WeightTable& weights)
    : shape_(shape),
      occupancy_(config.occupancy),
      vectors_(config.conditioning == "vector"),
      input_(weights.at("pairs.input")),
      output_(weights.at("pairs.output")),
      mean_(weight_or_none(weights, "pairs.mean")),
      row_(weights.at("pairs.row")),
      column_(weights.at("pairs.column")),
      place_(weights.at("pairs.place")),
      key_(weight_or_none(weights, "choose.key")),
      encode_(weights, "study", config.encoder_blocks(), config.heads) {}

StudyMemory StudyReader::operator()(const torch::Tensor& study) const {
  const std::int64_t b = study.size(0);
  const std::int64_t s = study.size(1);
  const torch::Tensor inputs =
      given_soft_grids(study.select(2, 0), shape_.patch);  // [B S, G, 10 P]
  const torch::Tensor outputs = given_soft_grids(study.select(2, 1), shape_.patch);
  StudyMemory memory;
  memory.mean = (inputs + outputs).unflatten(0, {b, s}).mean(1) / 2;
  const torch::Tensor cells = at::linear(cell_features(inputs, occupancy_), input_) +
                              at::linear(cell_features(outputs, occupancy_), output_);
  torch::Tensor x =
      (cells + patch_positions(row_, column_, shape_)).unflatten(0, {b, s});  // [B, S, G, D]
  if (mean_.defined()) x = x + at::linear(memory.mean, mean_).unsqueeze(1);
  if (vectors_) {
    memory.vectors = encode_(x.flatten(0, 1)).mean(1).unflatten(0, {b, s});
    memory.keys = at::linear(memory.vectors, key_) + place_;
  } else {
    memory.tokens = encode_((x + place_.unsqueeze(1)).flatten(1, 2));
  }
  return memory;
}

}  // namespace recombine
