#pragma once
// Makes episodes of a data set again from its recipe, to compare them with what is on disk.

#include <cstdint>
#include <memory>
#include <string>

#include "data/episode.h"
#include "data/json.h"

namespace recombine {

class Regenerator {
 public:
  virtual ~Regenerator() = default;
  /// The record that the recipe gives for the stored episode. Where in_order(), episodes come in
  /// stored order; otherwise in any, on any thread.
  virtual std::string record_of(const Episode& stored) = 0;
  /// Whether every episode before one must be made for it: then a sample is the first ones.
  virtual bool in_order() const = 0;
};

/// Nothing where no episode can be made from the recipe alone: of an import, a split of a split, a
/// split whose study pairs are shuffled. Throws DataError for a recipe that is damaged.
std::unique_ptr<Regenerator> make_regenerator(const Json& recipe);

/// Why make_regenerator() gives nothing for this recipe; requires that it does.
std::string no_regenerator_text(const Json& recipe);

}  // namespace recombine
