#pragma once
// Grid episodes as records for the writer, and recipes from which they are made again.

#include <memory>

#include "generator/grids/config.h"
#include "generator/grids/run_config.h"
#include "generator/writer/source.h"

namespace recombine {

/// The source that [grids] describes. Throws InputError for options that cannot work.
std::unique_ptr<RecordSource> make_grid_source(const GridConfig& grids, const GridRunConfig& run);

/// What a recipe of made (not split, not imported) grids says; throws DataError for another.
struct GridRecipe {
  GridConfig grids;
  GridRunConfig run;
};
GridRecipe read_grid_recipe(const Json& recipe);

/// Whether a recipe, through splits to their parent, says [grids] options; an import does not.
bool says_grids(const Json& recipe);

/// The [grids] options behind a recipe; the published ones where it does not say.
GridConfig grids_of(const Json& recipe);

}  // namespace recombine
