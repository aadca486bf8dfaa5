#include "generator/grids/check/solver.h"

#include <algorithm>

#include "data/components.h"

namespace recombine {
namespace {

/// A study pair with its objects told apart from the indicator.
struct ObjectPair {
  Roles roles = kUnknownRoles;
  Object input;
  Object output;
};

/// What is on the grid beside the indicator; nothing where that is not an object of one colour, or
/// the indicator is not in its place.
std::optional<Object> object_beside(const Grid& grid, const Object& indicator) {
  Object object;
  int of_indicator = 0;
  for (int row = 0; row < grid.side(); ++row) {
    for (int col = 0; col < grid.side(); ++col) {
      const Colour colour = grid(row, col);
      if (colour == 0) continue;
      const Cell cell = {static_cast<std::int8_t>(row), static_cast<std::int8_t>(col)};
      if (colour == indicator.colour && indicator.cells.contains(cell)) {
        ++of_indicator;
        continue;
      }
      if (object.colour != 0 && object.colour != colour) return std::nullopt;
      if (object.cells.size() == Cells::kMostToDouble) return std::nullopt;
      object.colour = colour;
      object.cells.insert(cell);
    }
  }
  if (object.cells.empty() || of_indicator != indicator.cells.size()) return std::nullopt;
  return object;
}

bool same_colours(const Grid& a, const Grid& b, const Component& cells) {
  return a.side() == b.side() && std::ranges::all_of(cells, [&](const GridCell& cell) {
           return a(cell.row, cell.col) == b(cell.row, cell.col);
         });
}

/// The pieces of an input that could be an indicator: of one colour, and not the whole picture.
std::vector<Object> pieces(const Grid& grid) {
  std::vector<Object> found;
  const std::vector<Component> components = connected_components(grid);
  if (components.size() < 2) return found;
  for (const Component& component : components) {
    if (component.size() > static_cast<std::size_t>(Cells::kMostToDouble)) continue;
    Object piece{{}, grid(component.front().row, component.front().col)};
    for (const GridCell& cell : component) {
      piece.cells.insert({static_cast<std::int8_t>(cell.row), static_cast<std::int8_t>(cell.col)});
    }
    const bool one_colour = std::ranges::all_of(
        component, [&](const GridCell& cell) { return grid(cell.row, cell.col) == piece.colour; });
    if (one_colour) found.push_back(piece);
  }
  return found;
}

bool unchanged_in(const Example& example, const Grid& first, const Object& piece) {
  Component cells;
  for (const Cell cell : piece.cells.list()) cells.push_back({cell.row, cell.col});
  return same_colours(first, example.input, cells) && same_colours(first, example.output, cells);
}

/// The study pairs as objects; nothing where a pair does not read so.
std::optional<std::vector<ObjectPair>> read_pairs(std::span<const Example> study,
                                                  const Object& indicator) {
  std::vector<ObjectPair> pairs;
  for (const Example& example : study) {
    if (example.roles == kUnknownRoles) continue;
    const Object present = (example.roles & kIndicatorRole) != 0 ? indicator : Object{};
    const std::optional<Object> input = object_beside(example.input, present);
    const std::optional<Object> output = object_beside(example.output, present);
    if (!input || !output) return std::nullopt;
    pairs.push_back({example.roles, *input, *output});
  }
  return pairs;
}

bool explains(const Program& program, std::span<const ObjectPair> pairs, Roles roles, int side) {
  return std::ranges::all_of(pairs, [&](const ObjectPair& pair) {
    return pair.roles != roles || run_program(program, roles, pair.input, side) == pair.output;
  });
}

/// The search for the programs that explain the pairs, one order of the roles at a time.
class Search {
 public:
  Search(const RuleSpace& space, std::span<const ObjectPair> pairs, int side)
      : space_(space), pairs_(pairs), side_(side) {
    for (std::size_t role = 0; role < 3; ++role) {
      Program program;
      for (const Step& step : space.steps) {
        program.steps.at(role) = step;
        if (explains(program, pairs, static_cast<Roles>(1U << role), side)) {
          alone_.at(role).push_back(step);
        }
      }
    }
  }

  /// Appends the programs of this order.
  void find(const std::array<int, 3>& order, std::vector<Program>& found) const {
    Program program;
    program.order = order;
    for (const Step& shape : alone_[0]) {
      program.steps[0] = shape;
      for (const Step& colour : alone_[1]) {
        program.steps[1] = colour;
        if (clash(shape, colour) || !fits(program, kShapeRole | kColourRole)) continue;
        find_indicator_rule(program, found);
      }
    }
  }

 private:
  bool clash(const Step& a, const Step& b) const {
    return !space_.same_types && a.transformation == b.transformation;
  }
  bool fits(const Program& program, Roles roles) const {
    return explains(program, pairs_, roles, side_);
  }

  void find_indicator_rule(Program program, std::vector<Program>& found) const {
    for (const Step& step : alone_[2]) {
      program.steps[2] = step;
      if (clash(step, program.steps[0]) || clash(step, program.steps[1])) continue;
      if (fits(program, kShapeRole | kIndicatorRole) &&
          fits(program, kColourRole | kIndicatorRole) && fits(program, kAllRoles)) {
        found.push_back(program);
      }
    }
  }

  const RuleSpace& space_;
  std::span<const ObjectPair> pairs_;
  int side_;
  std::array<std::vector<Step>, 3> alone_;  ///< per role, the rules that its own pairs allow
};

std::vector<Program> find_programs(const RuleSpace& space,
                                   std::span<const ObjectPair> pairs,
                                   int side) {
  const Search search(space, pairs, side);
  std::vector<Program> found;
  std::array<int, 3> order = {0, 1, 2};
  do {
    search.find(order, found);
  } while (space.any_order && std::ranges::next_permutation(order).found);
  return found;
}

/// The indicators that a hypothesis allows in a query: its own, or any piece where none was shown.
std::vector<Object> indicators_in(const Hypothesis& hypothesis, const Grid& input) {
  if (!hypothesis.indicator.cells.empty()) return {hypothesis.indicator};
  return pieces(input);
}

}  // namespace

std::optional<Object> run_program(const Program& program,
                                  Roles roles,
                                  const Object& object,
                                  int side) {
  Object now = object;
  for (const int role : program.order) {
    if (((roles >> static_cast<unsigned>(role)) & 1U) == 0) continue;
    const std::optional<Object> next = program.steps.at(static_cast<std::size_t>(role)).apply(now);
    if (!next || !on_board(next->cells, side)) return std::nullopt;
    now = *next;
  }
  return now;
}

std::vector<Object> possible_indicators(std::span<const Example> study) {
  std::vector<Object> candidates = {Object{}};
  const Grid* first = nullptr;
  for (const Example& example : study) {
    if ((example.roles & kIndicatorRole) == 0) continue;
    if (first == nullptr) {
      first = &example.input;
      candidates = pieces(*first);
    }
    std::erase_if(candidates,
                  [&](const Object& piece) { return !unchanged_in(example, *first, piece); });
  }
  return candidates;
}

std::vector<Hypothesis> solve(std::span<const Example> study, const RuleSpace& space) {
  std::vector<Hypothesis> hypotheses;
  const int side = study.empty() ? kMaxSide : study.front().input.side();
  for (const Object& indicator : possible_indicators(study)) {
    const auto pairs = read_pairs(study, indicator);
    if (!pairs) continue;
    for (const Program& program : find_programs(space, *pairs, side)) {
      hypotheses.push_back({program, indicator});
    }
  }
  return hypotheses;
}

std::vector<Answer> answer_query(std::span<const Hypothesis> hypotheses, const Grid& input) {
  std::vector<Answer> answers;
  for (const Hypothesis& hypothesis : hypotheses) {
    for (const Object& indicator : indicators_in(hypothesis, input)) {
      const std::optional<Object> object = object_beside(input, indicator);
      if (!object) continue;
      const auto result = run_program(hypothesis.program, kAllRoles, *object, input.side());
      if (!result) continue;
      Grid output(input.side());
      paint(output, *result);
      paint(output, indicator);
      const auto known = std::ranges::find(answers, output, &Answer::output);
      if (known != answers.end()) {
        ++known->hypotheses;
      } else {
        answers.push_back({std::move(output), 1});
      }
    }
  }
  std::ranges::stable_sort(answers, std::ranges::greater{}, &Answer::hypotheses);
  return answers;
}

Determination determine(const Episode& episode, const RuleSpace& space) {
  const std::vector<Hypothesis> hypotheses = solve(episode.study, space);
  Determination result;
  std::vector<const Program*> programs;
  for (const Hypothesis& hypothesis : hypotheses) {
    // Those of one indicator differ already.
    const bool known = hypothesis.indicator != hypotheses.front().indicator &&
                       std::ranges::any_of(programs, [&](const Program* other) {
                         return *other == hypothesis.program;
                       });
    if (!known) programs.push_back(&hypothesis.program);
  }
  result.programs = static_cast<int>(programs.size());
  for (const Example& query : episode.queries) {
    const std::vector<Answer> answers = answer_query(hypotheses, query.input);
    ++result.queries;
    if (answers.size() == 1) ++result.determined;
    const auto recorded = std::ranges::find(answers, query.output, &Answer::output);
    if (recorded == answers.end()) continue;
    ++result.explained;
    if (recorded == answers.begin()) ++result.solved;
  }
  return result;
}

}  // namespace recombine
