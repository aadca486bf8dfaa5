#pragma once
// Which questions of a world noise was drawn for.

#include <filesystem>
#include <functional>

#include "data/fact.h"
#include "generator/facts/config.h"

namespace recombine {

/// Whether noise was drawn for an item of the world that `config` gives. Records of legacy worlds
/// do not say it: in them an item is also noisy where an earlier question's false bridge is in
/// force. Requires config.validate() and a task of compositions.
std::function<bool(const FactItem&)> noise_draws(const FactConfig& config);

/// noise_draws() of the world in `folder`; null where the records say it themselves: where the
/// noise is not legacy, or the world was imported.
std::function<bool(const FactItem&)> noise_draws_of(const std::filesystem::path& folder);

}  // namespace recombine
