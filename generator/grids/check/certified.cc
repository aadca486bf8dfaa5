// Whether the episodes of a certified set are what `generate --certify` promises.

#include <algorithm>

#include <nlohmann/json.hpp>

#include "data/error.h"
#include "data/progress.h"
#include "generator/grids/check/verify.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/solver/certificate.h"
#include "generator/grids/split/split_run.h"
#include "generator/writer/in_order.h"

namespace recombine {
namespace {

/// Whether the splits between the generated set and this one keep the pairs of each section that
/// are certified to do, or all that there are.
bool keep_pairs(const Json& recipe, const GridConfig& grids) {
  if (!recipe.contains("split")) return true;
  const SplitRecipe split = read_split_recipe(recipe);
  const auto keeps = [&](int kept, int made) {
    return kept < 0 || kept >= std::min(grids.certify_pairs, made);
  };
  return keeps(split.config.primitives, grids.one_rule()) &&
         keeps(split.config.compositions, grids.two_rule()) && keep_pairs(split.parent, grids);
}

}  // namespace

std::string check_certificates(const EpisodeSet& set, const VerifyOptions& options) {
  const Json& recipe = set.manifest().recipe;
  const GridConfig grids = grids_of(recipe);
  const Certificate certificate(grids);
  if (!keep_pairs(recipe, grids)) {
    return cat("the set that it was split from is certified (", certificate.text(),
               "); this one shows fewer pairs, for which nothing is promised");
  }
  const bool whole = !recipe.contains("split");
  const auto indices = episodes_to_check(set.size(), options.all, false);
  Progress progress("certificates", "episodes", indices.size(), options.quiet);
  run_in_order(indices.size(), options.threads, [&](std::size_t i) {
    const Episode episode = set[indices[i]];
    require_data(whole ? certificate.holds_for_first_pairs(episode) : certificate.holds(episode),
                 set.folder().string(), ": ", episode.id,
                 " has a query with another answer than the recorded one (", certificate.text(),
                 ")");
    return [&, i] {
      check_interrupted("run it again");
      progress.update(i + 1);
    };
  });
  return cat(indices.size(), " of ", set.size(), " episodes have one answer to every query (",
             certificate.text(), ")");
}

}  // namespace recombine
