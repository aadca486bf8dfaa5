#pragma once
// Learning in context: an episode that shows its whole composition instead of the single rules.

#include "data/episode.h"

namespace recombine {

/// The episode with `shots` pairs under all three rules as its study set. Those of a few-shot split
/// are taken where it has so many; otherwise queries are, behind the tenth as in the published
/// three-shot task (Compositional-ARC, arXiv 2504.01445) or the last ones, and neither they nor
/// those behind them are asked. Throws InputError where no query would be left.
Episode with_shots(Episode episode, int shots);

}  // namespace recombine
