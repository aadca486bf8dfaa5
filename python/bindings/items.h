#pragma once
// Items as Python sees them: a value with what it came from.

#include <memory>
#include <string>
#include <string_view>

#include "python/bindings/source.h"

#include "data/episode.h"
#include "data/fact.h"

namespace recombine::python {

struct SourcedEpisode {
  Episode episode;
  std::shared_ptr<const EpisodeOrigin> origin;
};

struct SourcedFact {
  FactItem item;
  std::shared_ptr<const FactOrigin> origin;
};

SourcedEpisode episode_of(std::string_view record, std::shared_ptr<const EpisodeOrigin> origin);
SourcedFact fact_of(std::string_view record, std::shared_ptr<const FactOrigin> origin);

}  // namespace recombine::python
