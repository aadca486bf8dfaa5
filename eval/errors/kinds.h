#pragma once
// The names of what a wrong answer can be: keys in reports, in the order in which they are tried.

#include <span>
#include <string_view>

namespace recombine {

struct ErrorKind {
  std::string_view name;     ///< stable: a key in reports
  std::string_view summary;  ///< one line for people
};

/// Those of a family, each once; the first that fits an answer is its name.
std::span<const ErrorKind> grid_error_kinds();
std::span<const ErrorKind> fact_error_kinds();

namespace error_kind {

inline constexpr std::string_view kMissing = "missing";
inline constexpr std::string_view kInvalid = "invalid";

inline constexpr std::string_view kWrongSide = "wrong_side";
inline constexpr std::string_view kInputCopied = "input_copied";
inline constexpr std::string_view kStudyCopied = "study_copied";
inline constexpr std::string_view kLeftOut = "rule_left_out";
inline constexpr std::string_view kTwice = "rule_twice";
inline constexpr std::string_view kWrongParameter = "wrong_parameter";
inline constexpr std::string_view kWrongOrder = "wrong_order";
inline constexpr std::string_view kSameType = "same_type";
inline constexpr std::string_view kOtherType = "other_type";
inline constexpr std::string_view kRuleAdded = "rule_added";
inline constexpr std::string_view kTwoChanges = "two_changes";
inline constexpr std::string_view kWrongPlace = "wrong_place";
inline constexpr std::string_view kWrongColour = "wrong_color";
inline constexpr std::string_view kFewCells = "few_cells";

inline constexpr std::string_view kNoiseUndone = "noise_undone";
inline constexpr std::string_view kBridgeLeftOut = "bridge_left_out";
inline constexpr std::string_view kAnswerIsBridge = "answer_is_bridge";
inline constexpr std::string_view kBridge = "bridge";
inline constexpr std::string_view kLastHop = "last_hop";
inline constexpr std::string_view kWrongForm = "wrong_form";
inline constexpr std::string_view kRightType = "right_type";

inline constexpr std::string_view kNone = "none";

}  // namespace error_kind

}  // namespace recombine
