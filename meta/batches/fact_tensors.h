#pragma once
// Fact items as numbers on a device. Letters: docs/GLOSSARY.md.

#include <cstdint>
#include <functional>
#include <vector>

#include <torch/torch.h>

#include "data/storage/dataset.h"
#include "data/storage/prediction_parts.h"
#include "models/batch.h"

namespace recombine {

struct FactTensors {
  FactVocabulary vocabulary;
  torch::Tensor tokens;     ///< [M, T] int32; </a> after the end
  torch::Tensor prompt;     ///< [M] int32: tokens of the question
  torch::Tensor length;     ///< [M] int32: tokens of question and answer
  std::int64_t answer = 0;  ///< tokens of the longest answer

  std::int64_t size() const { return tokens.size(0); }
  std::int64_t longest() const { return tokens.size(1); }
  FactTensors to(torch::Device device) const;
  /// Some of the rows, as wide as all: answers to them are rounded as among all.
  FactTensors rows(PartItems items) const;
  /// The batch of rows [B] int64, on the device of the tensors.
  FactBatch batch(const torch::Tensor& rows) const;
};

/// Requires at least one item.
FactTensors pack_facts(const std::vector<FactItem>& items, const FactVocabulary& vocabulary);

/// The first `items` items of a data set (0: all), each shown to `visit` while it is read. Throws
/// DataError, naming the folder, for an empty set.
FactTensors load_facts(const FactSet& set,
                       std::uint64_t items,
                       const std::function<void(const FactItem&)>& visit = {});

}  // namespace recombine
