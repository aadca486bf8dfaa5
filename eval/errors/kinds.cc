#include "eval/errors/kinds.h"

#include <array>

namespace recombine {
namespace {

constexpr std::array kGridErrorKinds = {
    ErrorKind{error_kind::kMissing, "not answered"},
    ErrorKind{error_kind::kInvalid, "no answer could be read"},
    ErrorKind{error_kind::kWrongSide, "a grid of another size"},
    ErrorKind{error_kind::kInputCopied, "the query's input"},
    ErrorKind{error_kind::kStudyCopied, "the output of a study pair"},
    ErrorKind{error_kind::kLeftOut, "the right program without one of its rules"},
    ErrorKind{error_kind::kTwice, "the right program with one of its rules applied twice"},
    ErrorKind{error_kind::kWrongParameter, "the right program with another value of one parameter"},
    ErrorKind{error_kind::kWrongOrder, "the right rules in another order"},
    ErrorKind{error_kind::kSameType, "another rule of the right type: several parameters differ"},
    ErrorKind{error_kind::kOtherType, "a rule of another type in place of one"},
    ErrorKind{error_kind::kRuleAdded, "a rule of the episode that the query does not call for"},
    ErrorKind{error_kind::kTwoChanges, "the right program with two of these changes"},
    ErrorKind{error_kind::kWrongPlace, "the right shapes in the right colours, elsewhere"},
    ErrorKind{error_kind::kWrongColour, "the right cells in other colours"},
    ErrorKind{error_kind::kFewCells, "all but three cells or fewer are right"},
    ErrorKind{error_kind::kNone, "no kind of mistake that has a name"},
};

constexpr std::array kFactErrorKinds = {
    ErrorKind{error_kind::kMissing, "not answered"},
    ErrorKind{error_kind::kInvalid, "no answer could be read"},
    ErrorKind{error_kind::kNoiseUndone, "the truth, where the recorded answer has noise"},
    ErrorKind{error_kind::kBridgeLeftOut, "the right answer without its bridges"},
    ErrorKind{error_kind::kAnswerIsBridge, "the answer is a bridge on the way to the right one"},
    ErrorKind{error_kind::kBridge, "a wrong bridge"},
    ErrorKind{error_kind::kLastHop, "the last hop is wrong after right bridges"},
    ErrorKind{error_kind::kWrongForm,
              "the right answer, with tokens too many, missing or wrong beside it"},
    ErrorKind{error_kind::kRightType,
              "of the right type: what the last relation leads to from elsewhere"},
    ErrorKind{error_kind::kNone, "no kind of mistake that has a name"},
};

}  // namespace

std::span<const ErrorKind> grid_error_kinds() { return kGridErrorKinds; }
std::span<const ErrorKind> fact_error_kinds() { return kFactErrorKinds; }

}  // namespace recombine
