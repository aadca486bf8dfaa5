#pragma once
// The copy task in reports.

#include <string>

#include <nlohmann/json.hpp>

#include "eval/scoring/scores.h"

namespace recombine {

/// Adds "whole_episodes", "copy" and "full_episode" to a split's JSON, as far as they are known,
/// and to its "published".
void put_copies(Json& split, const SplitScores& scores);
/// The way back.
void read_copies(const Json& split, SplitScores& scores);

/// What the text of a report says of them; "" where nothing is known.
std::string copies_text(const std::string& split, const SplitScores& scores);

}  // namespace recombine
