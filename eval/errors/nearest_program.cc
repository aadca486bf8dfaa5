#include "eval/errors/nearest_program.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <iterator>
#include <numeric>
#include <tuple>
#include <utility>

#include "eval/errors/kinds.h"

namespace recombine {
namespace {

/// Orders of more rules than these are not tried: there are too many.
constexpr std::size_t kMostPermuted = 6;
/// The same where another change is made besides.
constexpr std::size_t kMostPermutedTwice = 4;

/// In the order in which equally near programs are preferred.
enum class Edit : std::uint8_t {
  kLeftOut,
  kTwice,
  kParameter,
  kOrder,
  kSameType,
  kOtherType,
  kAdded
};

constexpr std::array<std::string_view, 7> kEditKinds = {
    error_kind::kLeftOut,    error_kind::kTwice,    error_kind::kWrongParameter,
    error_kind::kWrongOrder, error_kind::kSameType, error_kind::kOtherType,
    error_kind::kRuleAdded};

/// One difference from the right program.
struct Change {
  Edit edit = Edit::kLeftOut;
  std::size_t rule = 0;  ///< its place among the rules
  std::size_t nth = 0;   ///< of the rules that may replace it, or of the orders
  Step step;             ///< what replaces it

  friend bool operator<(const Change& a, const Change& b) {
    return std::tuple(a.edit, a.rule, a.nth) < std::tuple(b.edit, b.rule, b.nth);
  }
};

using Changes = std::vector<Change>;

/// A rule in place of another.
struct Alternative {
  Step step;
  Edit edit = Edit::kOtherType;
  bool in_space = true;
};

/// All rules of one type.
std::vector<Step> steps_of(const Transformation& type) {
  std::vector<Step> steps = {{&type, {}}};
  for (std::size_t place = 0; place < type.parameters.size(); ++place) {
    std::vector<Step> chosen;
    for (const Step& open : steps) {
      for (std::size_t value = 0; value < type.parameters[place].values.size(); ++value) {
        chosen.push_back(open);
        chosen.back().choice.at(place) = static_cast<int>(value);
      }
    }
    steps = std::move(chosen);
  }
  return steps;
}

int different_parameters(const Step& a, const Step& b) {
  int different = 0;
  for (std::size_t place = 0; place < a.choice.size(); ++place)
    different += a.choice.at(place) == b.choice.at(place) ? 0 : 1;
  return different;
}

std::vector<Alternative> alternatives_to(const Step& rule, const RuleSpace& space) {
  std::vector<Alternative> found;
  for (const Step& step : steps_of(*rule.transformation)) {
    const int different = different_parameters(step, rule);
    if (different == 0) continue;
    const bool known = std::ranges::find(space.steps, step) != space.steps.end();
    found.push_back({step, different == 1 ? Edit::kParameter : Edit::kSameType, known});
  }
  for (const Step& step : space.steps) {
    if (step.transformation != rule.transformation) found.push_back({step, Edit::kOtherType, true});
  }
  return found;
}

std::string words_of(const Step& step) {
  const Rule rule = to_rule(step);
  std::string words = rule.type;
  for (const Parameter& parameter : rule.parameters) words += " " + parameter.value;
  return words;
}

/// Goes through all programs with a number of changes and keeps the first in their order that gives
/// what is shown.
class NearestProgram {
 public:
  NearestProgram(const QueryParts& parts,
                 std::span<const RoleRule> rules,
                 const ShownObject& shown,
                 const RuleSpace& space)
      : parts_(parts), rules_(rules), shown_(shown), right_order_(rules.size()) {
    std::iota(right_order_.begin(), right_order_.end(), std::size_t{0});
    for (const RoleRule& rule : rules) {
      alternatives_.push_back(rule.in_force ? alternatives_to(rule.step, space)
                                            : std::vector<Alternative>{});
    }
  }

  std::optional<ErrorVerdict> find(int changes) {
    most_ = changes;
    best_.reset();
    order_ = right_order_;
    walk(0, parts_.object);
    try_orders(changes == 1 ? kMostPermuted : kMostPermutedTwice);
    if (!best_) return std::nullopt;
    ErrorVerdict verdict;
    verdict.kind = best_->size() == 1 ? kEditKinds.at(static_cast<std::size_t>(best_->front().edit))
                                      : error_kind::kTwoChanges;
    for (const Change& made : *best_) verdict.changes.push_back(described(made));
    return verdict;
  }

 private:
  bool may_change() const { return std::ssize(made_) < most_; }

  /// All other orders of the rules in force.
  void try_orders(std::size_t most_permuted) {
    std::vector<std::size_t> in_force;
    std::ranges::copy_if(right_order_, std::back_inserter(in_force),
                         [&](std::size_t rule) { return rules_[rule].in_force; });
    if (in_force.size() > most_permuted) return;
    std::vector<std::size_t> permuted = in_force;
    for (std::size_t nth = 1; std::ranges::next_permutation(permuted).found; ++nth) {
      order_ = right_order_;
      for (std::size_t i = 0; i < permuted.size(); ++i) order_[in_force[i]] = permuted[i];
      orders_.resize(nth + 1);
      orders_[nth] = permuted;
      change({Edit::kOrder, 0, nth, {}}, 0, parts_.object);
    }
  }

  /// `object` is what the rules before `place` have left.
  void walk(std::size_t place, const Object& object) {
    if (place == order_.size()) {
      offer(object);
      return;
    }
    const std::size_t rule = order_[place];
    const Step& step = rules_[rule].step;
    const std::optional<Object> once = applied(step, object, side());
    if (!rules_[rule].in_force) {
      walk(place + 1, object);
      if (once && may_change()) change({Edit::kAdded, rule, 0, step}, place + 1, *once);
      return;
    }
    if (once) walk(place + 1, *once);
    if (may_change()) walk_changed(place, object, once);
  }

  /// The programs in which the rule at `place` is another.
  void walk_changed(std::size_t place, const Object& object, const std::optional<Object>& once) {
    const std::size_t rule = order_[place];
    change({Edit::kLeftOut, rule, 0, {}}, place + 1, object);
    if (once) {
      const auto twice = applied(rules_[rule].step, *once, side());
      if (twice) change({Edit::kTwice, rule, 0, {}}, place + 1, *twice);
    }
    const std::vector<Alternative>& alternatives = alternatives_[rule];
    for (std::size_t nth = 0; nth < alternatives.size(); ++nth) {
      if (most_ > 1 && !alternatives[nth].in_space) continue;
      const auto next = applied(alternatives[nth].step, object, side());
      if (next)
        change({alternatives[nth].edit, rule, nth, alternatives[nth].step}, place + 1, *next);
    }
  }

  void change(const Change& made, std::size_t place, const Object& object) {
    made_.push_back(made);
    walk(place, object);
    made_.pop_back();
  }

  void offer(const Object& object) {
    if (made_.empty() || !looks_as(object, shown_, parts_.rest)) return;
    Changes sorted = made_;
    std::ranges::sort(sorted, std::less<>());
    if (!best_ || std::ranges::lexicographical_compare(sorted, *best_, std::less<>()))
      best_ = std::move(sorted);
  }

  RuleChange described(const Change& made) const {
    if (made.edit == Edit::kOrder)
      return {"order", roles_in(right_order_), roles_in(orders_[made.nth])};
    const RoleRule& rule = rules_[made.rule];
    const std::string right = words_of(rule.step);
    if (made.edit == Edit::kLeftOut) return {rule.role, right, "left out"};
    if (made.edit == Edit::kTwice) return {rule.role, right, "twice"};
    return {rule.role, rule.in_force ? right : "none", words_of(made.step)};
  }

  /// Of the rules in force.
  std::string roles_in(const std::vector<std::size_t>& order) const {
    std::string text;
    for (const std::size_t rule : order) {
      if (rules_[rule].in_force) text += (text.empty() ? "" : ", ") + rules_[rule].role;
    }
    return text;
  }

  int side() const { return parts_.rest.side(); }

  const QueryParts& parts_;
  std::span<const RoleRule> rules_;
  const ShownObject& shown_;
  std::vector<std::size_t> right_order_;
  std::vector<std::vector<Alternative>> alternatives_;  ///< of each rule
  std::vector<std::vector<std::size_t>> orders_;        ///< by number; the first is the right one
  int most_ = 1;                                        ///< changes
  std::vector<std::size_t> order_;                      ///< that is tried
  Changes made_;
  std::optional<Changes> best_;
};

}  // namespace

std::optional<ErrorVerdict> nearest_program(const QueryParts& parts,
                                            std::span<const RoleRule> rules,
                                            const Grid& answer,
                                            const RuleSpace& space) {
  if (answer.side() != parts.rest.side()) return std::nullopt;
  const std::optional<ShownObject> shown = shown_object(answer, parts.rest);
  if (!shown) return std::nullopt;
  NearestProgram search(parts, rules, *shown, space);
  auto verdict = search.find(1);
  return verdict ? verdict : search.find(2);
}

}  // namespace recombine
