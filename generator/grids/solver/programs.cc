#include "generator/grids/solver/programs.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace recombine {
namespace {

/// Whether the rules' result is what is seen of it: an object in colour 0 is not.
bool is_seen_as(const std::optional<Object>& result, const Object& output) {
  return result == output || (result && result->colour == 0 && output.cells.empty());
}

bool explains(const Program& program, std::span<const ObjectPair> pairs, Roles roles, int side) {
  return std::ranges::all_of(pairs, [&](const ObjectPair& pair) {
    return pair.roles != roles ||
           is_seen_as(run_program(program, roles, pair.input, side), pair.output);
  });
}

using RoleOrder = std::array<int, kMaxRoles>;

/// How many roles the pairs have, three at least.
std::size_t count_roles(std::span<const ObjectPair> pairs) {
  unsigned all = kAllRoles;
  for (const ObjectPair& pair : pairs) all |= pair.roles;
  return static_cast<std::size_t>(std::bit_width(all));
}

/// The search for the programs that explain the pairs, one order of the roles at a time. What two
/// rules make of the pairs that show them both depends on which of them comes first and on nothing
/// else, so it is looked at once.
class Search {
 public:
  Search(const RuleSpace& space, std::span<const ObjectPair> pairs, int side)
      : space_(space), pairs_(pairs), side_(side), roles_(count_roles(pairs)) {
    for (std::size_t role = 0; role < roles_; ++role) {
      Program program;
      for (const Step& step : space.steps) {
        program.steps.at(role) = step;
        if (explains(program, pairs, role_bit(role), side)) alone_.at(role).push_back(step);
      }
    }
    for (const ObjectPair& pair : pairs) {
      const bool more = std::popcount(unsigned{pair.roles}) > 2;
      if (more && std::ranges::find(sets_, pair.roles) == sets_.end()) sets_.push_back(pair.roles);
    }
  }

  std::size_t roles() const { return roles_; }

  /// Appends the programs of this order.
  void find(const RoleOrder& order, std::vector<Program>& found) {
    program_ = {};
    program_.order = order;
    for (std::size_t place = 0; place < roles_; ++place)
      place_of_.at(static_cast<std::size_t>(order.at(place))) = place;
    extend(0, found);
  }

 private:
  /// Rules for the roles from this one on.
  void extend(std::size_t role, std::vector<Program>& found) {
    if (role == roles_) {
      const bool explained = std::ranges::all_of(
          sets_, [&](Roles roles) { return explains(program_, pairs_, roles, side_); });
      if (explained) found.push_back(program_);
      return;
    }
    for (std::size_t choice = 0; choice < alone_.at(role).size(); ++choice) {
      chosen_.at(role) = choice;
      program_.steps.at(role) = alone_.at(role)[choice];
      if (fits(role)) extend(role + 1, found);
    }
    program_.steps.at(role) = {};
  }

  /// Whether the role's rule goes with those before it.
  bool fits(std::size_t role) {
    for (std::size_t other = 0; other < role; ++other) {
      const bool clash = !space_.same_types && program_.steps.at(other).transformation ==
                                                   program_.steps.at(role).transformation;
      if (clash || !fit(other, role)) return false;
    }
    return true;
  }

  /// Whether the chosen rules of two roles explain the pairs that show both.
  bool fit(std::size_t lower, std::size_t upper) {
    const bool first = place_of_.at(lower) < place_of_.at(upper);
    const std::size_t width = alone_.at(upper).size();
    std::vector<Fit>& known = known_.at(lower).at(upper).at(first ? 0 : 1);
    if (known.empty()) known.assign(alone_.at(lower).size() * width, Fit::kNot);
    Fit& fits = known[chosen_.at(lower) * width + chosen_.at(upper)];
    if (fits == Fit::kNot) {
      const Roles both = role_bit(lower) | role_bit(upper);
      fits = explains(program_, pairs_, both, side_) ? Fit::kYes : Fit::kNo;
    }
    return fits == Fit::kYes;
  }

  enum class Fit : std::uint8_t { kNot, kYes, kNo };

  const RuleSpace& space_;
  std::span<const ObjectPair> pairs_;
  int side_;
  std::size_t roles_;
  std::array<std::vector<Step>, kMaxRoles> alone_;  ///< the rules that a role's own pairs allow
  std::vector<Roles> sets_;                         ///< of more than two roles, that pairs show
  Program program_;                                 ///< so far
  std::array<std::size_t, kMaxRoles> chosen_{};     ///< of alone_
  std::array<std::size_t, kMaxRoles> place_of_{};   ///< of each role in the order
  /// By two roles, and whether the first of them comes first in the order too.
  std::array<std::array<std::array<std::vector<Fit>, 2>, kMaxRoles>, kMaxRoles> known_;
};

/// Calls use(order) for every order of so many roles that the space has.
template <class Use>
void for_each_order(const RuleSpace& space, std::size_t roles, const Use& use) {
  RoleOrder order = Program{}.order;
  do {
    use(order);
  } while (space.any_order && std::ranges::next_permutation(std::span(order).first(roles)).found);
}

/// Calls use(program) for every program of the space, of one order.
template <class Use>
void for_each_program(
    const RuleSpace& space, std::size_t roles, std::size_t role, Program& program, const Use& use) {
  if (role == roles) {
    use(program);
    return;
  }
  for (const Step& step : space.steps) {
    program.steps.at(role) = step;
    const auto before = std::span(program.steps).first(role);
    const bool clash =
        std::ranges::find(before, step.transformation, &Step::transformation) != before.end();
    if (space.same_types || !clash) for_each_program(space, roles, role + 1, program, use);
  }
}

}  // namespace

std::vector<Program> find_programs(const RuleSpace& space,
                                   std::span<const ObjectPair> pairs,
                                   int side) {
  Search search(space, pairs, side);
  std::vector<Program> found;
  for_each_order(space, search.roles(), [&](const RoleOrder& order) { search.find(order, found); });
  return found;
}

std::vector<Program> find_programs_plainly(const RuleSpace& space,
                                           std::span<const ObjectPair> pairs,
                                           int side) {
  std::vector<Program> found;
  const std::size_t roles = count_roles(pairs);
  for_each_order(space, roles, [&](const RoleOrder& order) {
    Program program;
    program.order = order;
    for_each_program(space, roles, 0, program, [&](const Program& complete) {
      const bool explained = std::ranges::all_of(pairs, [&](const ObjectPair& pair) {
        return is_seen_as(run_program(complete, pair.roles, pair.input, side), pair.output);
      });
      if (explained) found.push_back(complete);
    });
  });
  return found;
}

std::optional<Object> run_program(const Program& program,
                                  Roles roles,
                                  const Object& object,
                                  int side) {
  Object now = object;
  for (const int role : program.order) {
    if (!has_role(roles, static_cast<std::size_t>(role))) continue;
    const std::optional<Object> next = program.steps.at(static_cast<std::size_t>(role)).apply(now);
    if (!next || !on_grid(next->cells, side)) return std::nullopt;
    now = *next;
  }
  return now;
}

}  // namespace recombine
