#pragma once
// To which study pairs the queries of a grid model attend.

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <torch/torch.h>

#include "data/json.h"
#include "data/storage/dataset.h"
#include "models/model.h"

namespace recombine {

struct StudyAttention {
  std::uint64_t queries = 0;
  /// By section of the study pairs, in the order of kStudySections, then few-shot pairs: the share
  /// of a query's attention that the section's pairs have together, wherever they stand in their
  /// episode. Pairs of which the data does not say it have the section "unknown", the last one.
  std::vector<std::pair<std::string, double>> sections;
  torch::Tensor first;  ///< [S]: of the first query of the first episode
};

/// The first `count` episodes of a set.
StudyAttention study_attention(const GridModel& model, const EpisodeSet& set, std::uint64_t count);

Json to_json(const StudyAttention& attention);
/// Writes attention-<set>.png: the shares of the sections, and of the pairs for the first query.
void write_attention_picture(const std::string& set,
                             const StudyAttention& attention,
                             const std::filesystem::path& folder);
std::string attention_markdown(const std::string& set, const StudyAttention& attention);

}  // namespace recombine
