#pragma once
// Makes sets of episodes, and splits, again from their recipes (generator/remake.h).

#include "generator/writer/writer.h"

namespace recombine {

/// A generated set, or a set of a split: by making its parent, which may be a set of a split
/// itself, and splitting it. Throws DataError, where the parent does not come out as recorded too.
Manifest remake_grids(const Json& recipe, const WriteOptions& options);

/// A whole split, below options.folder.
void remake_split(const Json& recipe, const WriteOptions& options);

}  // namespace recombine
