#pragma once
// Work that writes, and how what it left is judged.

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace recombine {

/// What a folder holds after work that was cut off, or failed.
enum class Found : std::uint8_t {
  kOld,         ///< what was there before
  kNew,         ///< what the work makes, whole
  kUnfinished,  ///< what the same work, begun again, makes whole, and nobody takes for whole before
  kWrong,
};

struct Scenario {
  std::string name;
  std::function<void(const std::filesystem::path& folder)> prepare;
  std::function<void(const std::filesystem::path& folder)> work;
  std::function<Found(const std::filesystem::path& folder)> judge;
};

/// Every way in which the program writes: a file, a folder, one that replaces another, a data set,
/// a split, predictions, answers, exports.
std::vector<Scenario> scenarios();

/// One of them. (answer_scenario.cc)
Scenario answer_scenario();

}  // namespace recombine
