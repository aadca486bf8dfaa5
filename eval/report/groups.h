#pragma once
// Shares of a group of queries in a report's JSON.

#include <nlohmann/json.hpp>

#include "data/json.h"
#include "eval/scoring/group_scores.h"

namespace recombine {

/// Shares of a split that are no figures of its family.
inline constexpr const char* kExactOfValid = "exact_of_valid";
inline constexpr const char* kWholeEpisodes = "whole_episodes";

/// A key for each figure.
void put_figures(Json& json, const Figures& figures);

/// {"planned", and the figures by their names}.
Json group_json(const GroupScores& scores);
/// The way back. Throws DataError where there is no figure "exact".
GroupScores group_of(const Json& json);

}  // namespace recombine
