#pragma once
// A set of data as a game: a person answers its questions, and is scored as a network is.

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "eval/page/item_json.h"
#include "eval/scoring/prediction_set.h"

namespace recombine {

/// The first query of `questions` items, spread over the set in `folder`, with the study pairs; of
/// facts, with the facts around their path where the training set lies beside, of comparisons with
/// the entities' values. `answers` are shown beside the person's on demand. Throws DataError where
/// the set has no answers or `answers` are for another set.
std::string play_page(const std::filesystem::path& folder,
                      std::size_t questions,
                      std::span<const PredictionSet> answers,
                      const PageLook& look);

}  // namespace recombine
