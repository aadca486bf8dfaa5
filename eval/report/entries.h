#pragma once
// Which answers a picture shows.

#include <vector>

#include "data/storage/dataset.h"
#include "eval/drawing/fact_scene.h"
#include "eval/drawing/item_scene.h"
#include "eval/scoring/prediction_set.h"

namespace recombine {

/// The first `limit` wrong answers of a prediction set, at most one an item, with the truth.
std::vector<GalleryEntry> wrong_entries(const EpisodeSet& data,
                                        const PredictionSet& predicted,
                                        int limit);
std::vector<FactEntry> wrong_entries(const FactSet& data,
                                     const PredictionSet& predicted,
                                     int limit);

/// `count` answers spread evenly over the items, one an item. `predicted` may be null: truth alone.
std::vector<GalleryEntry> spread_entries(const EpisodeSet& data,
                                         const PredictionSet* predicted,
                                         int count);
std::vector<FactEntry> spread_entries(const FactSet& data,
                                      const PredictionSet* predicted,
                                      int count);

}  // namespace recombine
