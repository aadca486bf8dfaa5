#pragma once
// A world of facts in memory: every set of it, as `generate facts` writes them.

#include <memory>
#include <string>
#include <vector>

#include "python/bindings/source.h"

#include "generator/facts/world.h"

namespace recombine::python {

/// Names of the sets that a world has, in the order of their numbers.
std::vector<std::string> set_names_of(const FactConfig& config);

/// Made at once, by one thread. What it gives may outlive it.
class World {
 public:
  /// Throws InputError as make_world() does, and Interrupted where a signal's handler raises.
  explicit World(FactConfig config);

  const FactConfig& config() const;
  /// Throws InputError, naming the nearest, where the world has no such set.
  std::shared_ptr<ItemSource> set(const std::string& name) const;

 private:
  struct Made;
  std::shared_ptr<const Made> made_;
};

}  // namespace recombine::python
