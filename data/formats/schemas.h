#pragma once
// How the descriptions of a world and of a split name themselves (docs/FORMAT.md): whoever writes
// one and whoever reads one say it alike.

namespace recombine {

inline constexpr const char* kWorldSchema = "recombine.world/1";
inline constexpr const char* kSplitSchema = "recombine.split/1";

}  // namespace recombine
