#pragma once
// What an episode shows and asks, as one picture: for models that see.

#include <span>

#include "data/episode.h"
#include "eval/drawing/scene.h"

namespace recombine {

/// All pairs and the question, laid out as in the published image prompts: more than six pairs
/// stand in two columns, the first half on the left; the question comes last, by itself.
Scene question_scene(std::span<const Example> shown, const Grid& query);

}  // namespace recombine
