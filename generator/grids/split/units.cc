#include "generator/grids/split/units.h"

#include "data/error.h"
#include "data/text.h"

namespace recombine {

void Strays::add(const Episode& episode) {
  if (!episode.grammar.says_rules()) {
    ++silent_;
  } else if (others_++ == 0) {
    first_ = cat(episode.id, ": ", triplet(episode.grammar));
  }
}

void Strays::require_none(const EpisodeSet& data, const SplitConfig& config) const {
  const std::string place = data.folder().string();
  require_data(silent_ == 0, place, ": ", silent_, " of ", data.size(),
               " are episodes that do not say their rules, and it is by rules that they are "
               "split; import them from a format that has the rules (jsonl, carc)");
  require_data(others_ == 0 || config.is_systematicity(), place, ": ", others_, " of ", data.size(),
               " episodes do not say what --axis ", join_text(config.axis, ","),
               " asks for (the first, ", first_,
               "); import them from a format that has it (jsonl)");
  require_data(others_ == 0, place, ": ", others_, " of ", data.size(),
               " episodes have a triplet that is neither trained nor held out (the first, ", first_,
               "); leave them out of the data set");
}

}  // namespace recombine
