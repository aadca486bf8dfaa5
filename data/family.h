#pragma once
// The families of items: what a data set holds. What a part of the project does for a family stands
// in that part, under the family's name; here is what all of them say of it.

#include <array>
#include <string_view>

namespace recombine {

struct ItemFamily {
  std::string_view name;     ///< stable: it is written into manifests, predictions and reports
  std::string_view summary;  ///< one line for people
  std::string_view items;    ///< "episodes": what a data set holds
  std::string_view asked;    ///< "episodes", "questions": what an item is to a reader of scores
  bool forced = false;       ///< whether rows of predictions have the answer under teacher forcing
  bool drawn_prompts =
      false;  ///< whether a prompt depends on the seed, beside which items are asked
  bool steps_to_reach = false;  ///< whether leaderboards say at which step a share was reached
};

inline constexpr ItemFamily kGrids = {
    .name = "grids",
    .summary = "Compositional-ARC episodes: rules on objects in grids",
    .items = "episodes",
    .asked = "episodes"};

inline constexpr ItemFamily kFacts = {
    .name = "facts",
    .summary =
        "worlds of facts: questions along two or three relations, with and without chain of "
        "thought; comparisons",
    .items = "facts",
    .asked = "questions",
    .forced = true,
    .drawn_prompts = true,
    .steps_to_reach = true};

/// To add a family: a value above and its name here; its records in data/storage/dataset.h, how it
/// is made and verified in generator/registry.cc, how it is scored in eval/scoring/family.h.
inline constexpr std::array<ItemFamily, 2> kFamilies = {kGrids, kFacts};

/// The family of a name that a file has; throws DataError, naming the known ones, for no such name.
const ItemFamily& find_family(std::string_view name);

}  // namespace recombine
