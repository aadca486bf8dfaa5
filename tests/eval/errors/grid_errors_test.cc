#include "eval/errors/grid_errors.h"

#include <algorithm>
#include <optional>
#include <ostream>
#include <span>
#include <utility>

#include <gtest/gtest.h>

#include "eval/errors/kinds.h"
#include "generator/grids/search/episode.h"

namespace recombine {

std::ostream& operator<<(std::ostream& out, const ErrorVerdict& verdict) {
  out << verdict.kind;
  for (const RuleChange& change : verdict.changes)
    out << " [" << change.role << ": " << change.truth << " -> " << change.shown << "]";
  return out;
}

namespace {

constexpr std::string_view kMover = "translation x 1";

Grid grid_of_eight(std::string_view text) { return Grid::parse(text, 8); }

Example pair_of(Roles roles, std::string_view input, std::string_view output) {
  return {roles, grid_of_eight(input), grid_of_eight(output)};
}

/// Two cells go to the right, 3 becomes 2, what a 7 in the corner sees grows upwards.
Episode mover() {
  Episode episode;
  episode.id = "mover";
  episode.grammar.shape_rule() = {"translation", {{"direction", "x"}, {"step_size", "1"}}};
  episode.grammar.colour_rule() = {"set_color", {{"new_color", "2"}}};
  episode.grammar.indicator_rule() = {"grow", {{"direction", "-x"}}};
  episode.study = {
      pair_of(kShapeRole, "/44", "/044"),
      pair_of(kColourRole, "//3/33", "//2/22"),
      pair_of(kIndicatorRole, "//6/////00000007", "/6/6/////00000007"),
      pair_of(kShapeRole | kColourRole, "///033", "///0022"),
      pair_of(kShapeRole | kIndicatorRole, "//088/////00000007", "/0088/0088/////00000007"),
      pair_of(kColourRole | kIndicatorRole, "//3/3////00000007", "/2/2/2////00000007")};
  episode.queries = {pair_of(kAllRoles, "////033///00000007", "///0022/0022///00000007"),
                     pair_of(kShapeRole | kColourRole, "////033", "////0022"),
                     pair_of(kShapeRole, "////044", "////0044"),
                     pair_of(kAllRoles, "9////033///00000007", "9///0022/0022///00000007")};
  return episode;
}

/// Grows upwards, then a quarter turn, then 2: the order of the first two is seen.
Episode turner() {
  Episode episode;
  episode.id = "turner";
  episode.grammar.shape_rule() = {"grow", {{"direction", "-x"}}};
  episode.grammar.colour_rule() = {"rotation", {{"rotation_type", "0"}}};
  episode.grammar.indicator_rule() = {"set_color", {{"new_color", "2"}}};
  episode.queries = {pair_of(kAllRoles, "////00033///00000007", "///0022/0022///00000007")};
  return episode;
}

ErrorVerdict explain(const Episode& episode, std::string_view answer, std::size_t query = 0) {
  const RuleSpace space = published_rules();
  return EpisodeErrors(episode, space).explain(query, grid_of_eight(answer));
}

ErrorVerdict one_change(std::string_view kind,
                        std::string role,
                        std::string_view truth,
                        std::string shown) {
  return {kind, {{std::move(role), std::string(truth), std::move(shown)}}};
}

TEST(GridErrors, SeeAnObjectThatWasErased) {
  EXPECT_EQ(explain(mover(), "///////00000007"),
            one_change(error_kind::kWrongParameter, "color", "set_color 2", "set_color 0"));
}

TEST(GridErrors, NameARuleThatIsLeftOut) {
  EXPECT_EQ(explain(mover(), "///022/022///00000007"),
            one_change(error_kind::kLeftOut, "shape", kMover, "left out"));
  EXPECT_EQ(explain(mover(), "///0033/0033///00000007"),
            one_change(error_kind::kLeftOut, "color", "set_color 2", "left out"))
      << "and not set_color 3";
  EXPECT_EQ(explain(mover(), "////0022///00000007"),
            one_change(error_kind::kLeftOut, "indicator", "grow -x", "left out"));
}

TEST(GridErrors, NameARuleThatIsAppliedTwice) {
  EXPECT_EQ(explain(mover(), "///00022/00022///00000007"),
            one_change(error_kind::kTwice, "shape", kMover, "twice"))
      << "and not by two";
  EXPECT_EQ(explain(mover(), "//0022/0022/0022///00000007"),
            one_change(error_kind::kTwice, "indicator", "grow -x", "twice"));
}

TEST(GridErrors, NameAWrongParameter) {
  EXPECT_EQ(explain(mover(), "////0222///00000007"),
            one_change(error_kind::kWrongParameter, "indicator", "grow -x", "grow -y"));
  EXPECT_EQ(explain(mover(), "////022/022//00000007"),
            one_change(error_kind::kWrongParameter, "shape", kMover, "translation y 1"));
  EXPECT_EQ(explain(mover(), "///0011/0011///00000007"),
            one_change(error_kind::kWrongParameter, "color", "set_color 2", "set_color 1"));
  EXPECT_EQ(explain(mover(), "///0055/0055///00000007"),
            one_change(error_kind::kWrongParameter, "color", "set_color 2", "set_color 5"))
      << "a value that the set does not have";
  EXPECT_EQ(explain(mover(), "///22/22///00000007"),
            one_change(error_kind::kWrongParameter, "shape", kMover, "translation x -1"));
}

TEST(GridErrors, NameAWrongOrder) {
  EXPECT_EQ(explain(turner(), "///0002/0002/0002//00000007"),
            one_change(error_kind::kWrongOrder, "order", "shape, color, indicator",
                       "color, shape, indicator"));
}

TEST(GridErrors, NameAnotherRuleOfTheRightType) {
  EXPECT_EQ(explain(mover(), "/////022/022/00000007"),
            one_change(error_kind::kSameType, "shape", kMover, "translation y 2"));
}

TEST(GridErrors, NameARuleOfAnotherType) {
  EXPECT_EQ(explain(mover(), "///02/02/02//00000007"),
            one_change(error_kind::kOtherType, "shape", kMover, "rotation 0"));
  EXPECT_EQ(explain(turner(), "///00033/00033///00000007"),
            one_change(error_kind::kOtherType, "indicator", "set_color 2", "translation x 1"));
}

TEST(GridErrors, NameARuleThatTheQueryDoesNotCallFor) {
  EXPECT_EQ(explain(mover(), "///0022/0022", 1),
            one_change(error_kind::kRuleAdded, "indicator", "none", "grow -x"));
}

TEST(GridErrors, NameTwoChangesWhereOneIsNotEnough) {
  const ErrorVerdict expected = {
      error_kind::kTwoChanges,
      {{"shape", std::string(kMover), "left out"}, {"indicator", "grow -x", "grow -y"}}};
  EXPECT_EQ(explain(mover(), "////222///00000007"), expected)
      << "and not the indicator's rule left out and grow -y in the place of the shape's";
}

TEST(GridErrors, NameCopies) {
  EXPECT_EQ(explain(mover(), "////033///00000007").kind, error_kind::kInputCopied);
  EXPECT_EQ(explain(mover(), "/0088/0088/////00000007").kind, error_kind::kStudyCopied);
  EXPECT_EQ(explain(mover(), "////044", 2).kind, error_kind::kInputCopied)
      << "although its only rule is left out";
}

TEST(GridErrors, NameWhatIsNearlyRight) {
  EXPECT_EQ(explain(mover(), "000022/000022//////00000007").kind, error_kind::kWrongPlace);
  EXPECT_EQ(explain(mover(), "///0022/0022/7").kind, error_kind::kWrongPlace) << "of the indicator";
  EXPECT_EQ(explain(mover(), "///0022/0044///00000007").kind, error_kind::kWrongColour);
  EXPECT_EQ(explain(mover(), "///0022/0022///00000005").kind, error_kind::kWrongColour)
      << "of the indicator";
  EXPECT_EQ(explain(mover(), "///0022/0022").kind, error_kind::kFewCells);
  EXPECT_EQ(explain(mover(), "///00222/0022///00000007").kind, error_kind::kFewCells);
}

TEST(GridErrors, NameNothingWhereNothingFits) {
  EXPECT_EQ(explain(mover(), "").kind, error_kind::kNone);
  EXPECT_EQ(explain(mover(), "///5555/5555/5555//00000007").kind, error_kind::kNone);
  const RuleSpace space = published_rules();
  const Episode episode = mover();
  EXPECT_EQ(EpisodeErrors(episode, space).explain(0, Grid(6)).kind, error_kind::kWrongSide);
}

TEST(GridErrors, LeaveWhateverElseIsOnTheGridInItsPlace) {
  EXPECT_EQ(explain(mover(), "9///022/022///00000007", 3).kind, error_kind::kLeftOut);
  EXPECT_EQ(explain(mover(), "///022/022///00000007", 3).kind, error_kind::kNone)
      << "the 9 is not there";
}

TEST(GridErrors, TakeTheRulesFromTheStudyPairsWhereTheGrammarIsUnknown) {
  Episode episode = mover();
  const ErrorVerdict expected = one_change(error_kind::kLeftOut, "shape", kMover, "left out");
  episode.grammar = Grammar{};
  EXPECT_EQ(explain(episode, "///022/022///00000007"), expected);
  episode.grammar = mover().grammar;
  episode.grammar.colour_rule().type = "shear";
  EXPECT_EQ(explain(episode, "///022/022///00000007"), expected);
}

TEST(GridErrors, NeedNoRules) {
  Episode episode = mover();
  episode.grammar = Grammar{};
  for (Example& example : episode.study) example.roles = kUnknownRoles;
  EXPECT_EQ(explain(episode, "///022/022///00000007").kind, error_kind::kWrongPlace);
  EXPECT_EQ(explain(episode, "////033///00000007").kind, error_kind::kInputCopied);
  EXPECT_EQ(explain(episode, "").kind, error_kind::kNone);
  episode = mover();
  episode.queries[0].output = grid_of_eight("12345");  // not what its rules give
  EXPECT_EQ(explain(episode, "///0022/0022///00000007").kind, error_kind::kNone);
}

TEST(GridErrors, PutAllRulesInForceWhereAQueryDoesNotSay) {
  Episode episode = mover();
  episode.queries[0].roles = kUnknownRoles;
  EXPECT_EQ(explain(episode, "////0022///00000007").kind, error_kind::kLeftOut);
}

/// The query's answer under other rules; nothing where they fail.
std::optional<Grid> answer_of(const QueryParts& parts, const Program& program, Roles roles) {
  const auto object = run_program(program, roles, parts.object, parts.rest.side());
  if (!object) return std::nullopt;
  Grid answer(parts.rest.side());
  paint(answer, *object);
  for (std::size_t cell = 0; cell < answer.cells().size(); ++cell) {
    if (parts.rest.cells()[cell] != 0) answer.cells()[cell] = parts.rest.cells()[cell];
  }
  return answer;
}

class PlantedErrors {
 public:
  explicit PlantedErrors(const Episode& episode) : episode_(episode) {
    const Grammar& grammar = episode.grammar;
    program_.steps = {to_step(grammar.shape_rule()), to_step(grammar.colour_rule()),
                      to_step(grammar.indicator_rule())};
  }

  /// Those of a rule left out, of another order, and of another rule in the space.
  void expect_found() {
    for (std::size_t query = 0; query < episode_.queries.size(); ++query) {
      for (const Roles left_out : {kShapeRole, kColourRole, kIndicatorRole})
        expect(query, program_, kAllRoles ^ left_out, {error_kind::kLeftOut});
      Program other = program_;
      while (std::ranges::next_permutation(std::span(other.order).first(3)).found)
        expect(query, other, kAllRoles, kBeforeOrders);
      other = program_;
      for (const Step& step : space_.steps) {
        other.steps[1] = step;
        expect(query, other, kAllRoles, kBeforeOtherTypes);
      }
    }
  }

  int found() const { return found_; }

 private:
  using Kinds = std::vector<std::string_view>;

  void expect(std::size_t query, const Program& program, int roles, const Kinds& kinds) {
    const Example& asked = episode_.queries[query];
    const std::vector<RoleRule> rules = {{"shape", program_.steps[0]},
                                         {"color", program_.steps[1]},
                                         {"indicator", program_.steps[2]}};
    const auto parts = find_parts(asked, rules);
    ASSERT_TRUE(parts.has_value());
    const auto answer = answer_of(*parts, program, static_cast<Roles>(roles));
    if (!answer || *answer == asked.output || *answer == asked.input) return;
    if (std::ranges::find(episode_.study, *answer, &Example::output) != episode_.study.end())
      return;
    const ErrorVerdict verdict = EpisodeErrors(episode_, space_).explain(query, *answer);
    EXPECT_NE(std::ranges::find(kinds, verdict.kind), kinds.end()) << verdict;
    EXPECT_EQ(verdict.changes.size(), 1U);
    ++found_;
  }

  inline static const Kinds kBeforeOrders = {error_kind::kLeftOut, error_kind::kTwice,
                                             error_kind::kWrongParameter, error_kind::kWrongOrder};
  inline static const Kinds kBeforeOtherTypes = {
      error_kind::kLeftOut,    error_kind::kTwice,    error_kind::kWrongParameter,
      error_kind::kWrongOrder, error_kind::kSameType, error_kind::kOtherType};

  const Episode& episode_;
  RuleSpace space_ = published_rules();
  Program program_;
  int found_ = 0;
};

TEST(GridErrors, FindEveryPlantedChange) {
  const EpisodeMaker maker(GridConfig{}, 5);
  int found = 0;
  for (std::uint64_t index = 0; index < 25; ++index) {
    const Episode episode = maker.make(index);
    PlantedErrors planted(episode);
    planted.expect_found();
    found += planted.found();
  }
  EXPECT_GT(found, 1000);
}

}  // namespace
}  // namespace recombine
