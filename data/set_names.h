#pragma once
// The names of the data sets of a split, which are its folders'. Worlds of facts have more
// (generator/facts/world.h).

#include <array>
#include <string_view>

namespace recombine {

inline constexpr std::string_view kTrainSet = "train";
inline constexpr std::string_view kValIdSet = "val_id";    ///< of what training shows
inline constexpr std::string_view kTestIdSet = "test_id";  ///< the same, asked at the end alone
inline constexpr std::string_view kValOodSet = "val_ood";  ///< of what training leaves out
inline constexpr std::string_view kTestOodSet = "test_ood";

/// All of them, in the order in which they are listed.
inline constexpr std::array<std::string_view, 5> kSplitSets = {kTrainSet, kValIdSet, kTestIdSet,
                                                               kValOodSet, kTestOodSet};

}  // namespace recombine
