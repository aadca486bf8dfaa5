#pragma once
// Which sets of a world the published files hold, and in which order.

#include <array>
#include <span>
#include <string_view>

#include "data/fact.h"
#include "data/set_names.h"

namespace recombine {

/// Sets of the probes in test.json, in the order of the task (two-hop composition: id_atomic,
/// ood_atomic, train_inferred, then the tests; where entities are compared the OOD test is first).
std::span<const std::string_view> probe_sets(std::string_view task);

/// The set whose probes have this type.
std::string_view probe_set(FactType type);

struct ThreeHopFile {
  std::string_view set;
  std::string_view file;
};

inline constexpr std::array kThreeHopFiles = {
    ThreeHopFile{"test_3hop_iid", "test_3hop_iid.json"},
    ThreeHopFile{"test_3hop_ood", "test_3hop_ood.json"},
};

}  // namespace recombine
