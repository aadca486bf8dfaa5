#pragma once
// What a run was trained on, held against what it is asked: a set may be out of distribution for
// one run and half of the training of another.

#include <string>

#include "data/json.h"
#include "data/storage/dataset.h"

namespace recombine {

/// The triplets of the episodes of a set, sorted; those of episodes whose rules are not known are
/// left out.
Json triplets_of(const EpisodeSet& set);

/// A sentence for whoever reads the score, "" where there is nothing to say. `run_data` is `data`
/// of run.json, `split` the name of the set. For episodes: how many of an OOD set (val_ood,
/// test_ood) have a triplet that the run was trained on.
std::string grid_data_note(const Json& run_data, const EpisodeSet& asked, const std::string& split);

/// For facts: how the world of the set, by its recipe, differs from the run's, or the form of its
/// answers.
std::string fact_data_note(const Json& run_data, const Json& asked_recipe);

}  // namespace recombine
