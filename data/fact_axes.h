#pragma once
// The axes along which a split of a world of facts holds out: names that options have too.

#include <array>
#include <string_view>

namespace recombine {

struct FactAxis {
  std::string_view name;     ///< "bridge"
  std::string_view meaning;  ///< what is held out, one line
};

inline constexpr std::array kFactAxes = std::to_array<FactAxis>({
    {"lambda",
     "facts that are never composed; train has --hold-out lambda=3.6 compositions a fact"},
    {"noise", "the same; train has --hold-out noise=0.4 false answers"},
    {"bridge", "entities that are never between two facts"},
    {"relation-pair", "two relations, one after the other"},
    {"relation-second", "relations that are never second, or later"},
    {"hops", "questions of four and five facts; train has two and three"},
    {"mixed-hops", "questions of a fact that is composed in train and one that never is"},
    {"entities", "entities that come to the world: no composition of train has them"},
});

}  // namespace recombine
