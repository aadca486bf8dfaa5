#include "models/executor/units.h"

#include <gtest/gtest.h>

#include "data/error.h"
#include "models/entry.h"
#include "models/executor/refine.h"
#include "tests/models/executor/executor_fixtures.h"

namespace recombine {
namespace {

constexpr Roles kShapeColour = kShapeRole | kColourRole;
constexpr Roles kShapeIndicator = kShapeRole | kIndicatorRole;
constexpr Roles kColourIndicator = kColourRole | kIndicatorRole;

const std::vector<Roles>& all_sections() {
  static const std::vector<Roles> kAll(kStudySections.begin(), kStudySections.end());
  return kAll;
}

constexpr PlanRules kSets{.sets = true};

TEST(UnitTable, RunsEachRuleByItselfWhereTheStudySetShowsIt) {
  const UnitTable units(all_sections(), true);
  EXPECT_EQ(units.chains(kAllRoles).front(), (UnitChain{kShapeRole, kColourRole, kIndicatorRole}));
  EXPECT_EQ(units.chains(kAllRoles).size(), 3U) << "and two in which two rules are run at once";
  EXPECT_EQ(units.evidence(kColourRole),
            (std::vector<UnitEvidence>{{.pair = 1}, {.pair = 3, .before = {kShapeRole}}}));
  EXPECT_EQ(units.evidence(kShapeColour), (std::vector<UnitEvidence>{{.pair = 3}}));
}

TEST(UnitTable, RunsAllRulesAtOnceWhereNothingElseIsShown) {
  const UnitTable units(std::vector<Roles>(3, kAllRoles), true);
  EXPECT_EQ(units.chains(kAllRoles).front(), UnitChain{kAllRoles});
  EXPECT_EQ(units.evidence(kAllRoles).size(), 3U);
  EXPECT_EQ(units.joint_rules({kAllRoles}), 0);
}

TEST(UnitTable, TakesAwayWhatEarlierUnitsExplain) {
  const UnitTable units({kShapeRole, kAllRoles}, true);
  EXPECT_EQ(units.chains(kAllRoles).front(), (UnitChain{kShapeRole, kColourIndicator}));
  EXPECT_EQ(units.evidence(kColourIndicator),
            (std::vector<UnitEvidence>{{.pair = 1, .before = {kShapeRole}}}));
  const UnitTable apart({kShapeRole, kAllRoles}, false);
  EXPECT_EQ(apart.chains(kAllRoles).front(), UnitChain{kAllRoles});
}

TEST(UnitTable, InfersAsFewRulesJointlyAsItCan) {
  const UnitTable units({kShapeColour, kShapeIndicator, kColourIndicator}, true);
  const UnitChain& best = units.chains(kAllRoles).front();
  EXPECT_EQ(best.size(), 2U);
  EXPECT_EQ(units.joint_rules(best), 1);
  EXPECT_FALSE(units.is_shown(kShapeRole));
  EXPECT_EQ(units.evidence(kShapeRole), (std::vector<UnitEvidence>{{.pair = 0}, {.pair = 1}}));
  EXPECT_EQ(units.evidence(kIndicatorRole),
            (std::vector<UnitEvidence>{{.pair = 1, .before = {kShapeRole}},
                                       {.pair = 2, .before = {kColourRole}}}));
}

TEST(UnitTable, ReadsMoreRolesThanThree) {
  const Roles fourth = role_bit(3);
  const UnitTable units({kShapeRole, kColourIndicator, fourth}, true);
  EXPECT_EQ(units.chains(kAllRoles | fourth).front(),
            (UnitChain{kShapeRole, kColourIndicator, fourth}));
}

TEST(ChosenChain, GoesThroughCoarserOnesWhereAskedTo) {
  const UnitTable units(all_sections(), true);
  const UnitChain finest = units.chains(kAllRoles).front();
  EXPECT_EQ(chosen_chain(units, kAllRoles, 1, false, false), finest);
  EXPECT_EQ(chosen_chain(units, kAllRoles, 0, true, false), finest);
  EXPECT_NE(chosen_chain(units, kAllRoles, 1, true, false), finest);
  EXPECT_NE(chosen_chain(units, kAllRoles, 3, true, false),
            chosen_chain(units, kAllRoles, 1, true, false));
  EXPECT_EQ(chosen_chain(units, kShapeColour, 1, true, true), (UnitChain{kShapeRole, kColourRole}))
      << "one pair shows both at once, and it is the one that is asked";
  EXPECT_THROW(chosen_chain(UnitTable({kShapeRole}, true), kAllRoles, 0, false, false), InputError);
}

TEST(ChosenChain, GoesThroughJointRulesThatPairsTellApart) {
  const UnitTable told({kShapeColour, kShapeIndicator, kColourIndicator}, true);
  EXPECT_EQ(chosen_chain(told, kShapeColour, 1, true, false), (UnitChain{kShapeRole, kColourRole}));
  EXPECT_EQ(chosen_chain(told, kShapeColour, 1, false, false), UnitChain{kShapeColour});
  const UnitTable never(std::vector<Roles>(3, kAllRoles), true);
  EXPECT_EQ(chosen_chain(never, kAllRoles, 1, true, false), UnitChain{kAllRoles});
}

TEST(SetPlan, DoesWhatThePlanOfRulesDoesWhereRulesAreShown) {
  const std::vector<QueryKind> asked{{kAllRoles, -1}, {kShapeColour, 3}};
  const ExecutorPlan sets = executor_plan(all_sections(), asked, kSets);
  const ExecutorPlan rules = executor_plan(all_sections(), asked, {});
  ASSERT_EQ(sets.turns.size(), rules.turns.size());
  for (std::size_t turn = 0; turn < rules.turns.size(); ++turn) {
    EXPECT_EQ(sets.turns[turn].unit, rules.turns[turn].unit);
    const auto sorted = [](std::vector<int> grids) {
      std::ranges::sort(grids);
      return grids;
    };
    EXPECT_EQ(sorted(sets.grids_of(sets.turns[turn].evidence)),
              sorted(rules.grids_of(rules.turns[turn].evidence)));
    EXPECT_EQ(sorted(sets.grids_of(sets.turns[turn].execute)),
              sorted(rules.grids_of(rules.turns[turn].execute)));
  }
  EXPECT_EQ(sets.new_queries, rules.new_queries);
}

TEST(SetPlan, InfersNothingThatNoQueryNeeds) {
  const ExecutorPlan plan =
      executor_plan({kShapeRole, kColourRole, kAllRoles}, {{kShapeRole, 0}}, kSets);
  ASSERT_EQ(plan.turns.size(), 1U);
  EXPECT_EQ(plan.turns[0].unit, kShapeRole);
}

TEST(SetPlan, WithoutQueriesInfersWhatOneOfAllRulesNeeds) {
  const ExecutorPlan plan = executor_plan(std::vector<Roles>(3, kAllRoles), {}, kSets);
  EXPECT_EQ(plan.chain, std::vector<Roles>{kAllRoles});
  ASSERT_EQ(plan.turns.size(), 1U);
  EXPECT_TRUE(plan.turns[0].execute.empty());
}

ModelConfig sets_config() {
  ModelConfig config = executor_config();
  config.units = "sets";
  return config;
}

TEST(ExecutorOfSets, HasTheSameWeightsAndAnswersWhereEachRuleIsShown) {
  const auto rules = make_grid_model(executor_config(), kShape, 1);
  const auto sets = make_grid_model(sets_config(), kShape, 1);
  ASSERT_EQ(rules->weights().size(), sets->weights().size());
  const GridBatch batch = one_episode();
  EXPECT_TRUE(torch::allclose(rules->predict(batch).log_probability,
                              sets->predict(batch).log_probability, 1e-4, 1e-4));
}

TEST(ExecutorOfSets, RunsThreeShotsOnce) {
  const GridBatch batch = three_shots();
  const auto model = make_grid_model(sets_config(), {6, 3, 0, 0}, 1);
  const std::vector<AfterRule> after = model->follow_rules(batch);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].unit, kAllRoles);
  EXPECT_TRUE(torch::equal(after[0].grids, model->predict(batch).grids));
}

TEST(ExecutorOfSets, AnswersFromPairsOfTwoRulesAlone) {
  GridBatch batch = one_episode();
  batch.study = batch.study.narrow(1, 3, 3);
  batch.study_roles = {kShapeColour, kShapeIndicator, kColourIndicator};
  for (const char* chains : {"finest", "every"}) {
    ModelConfig config = sets_config();
    config.chains = chains;
    const auto model = make_grid_model(config, {6, 3, 0, 0}, 1);
    EXPECT_EQ(model->predict(batch).grids.sizes(), batch.query_inputs.sizes());
    EXPECT_EQ(model->follow_rules(batch).size(), 2U);
    model->loss(batch).backward();
  }
}

TEST(ExecutorOfSets, LeavesAnAskedPairOutOfTheEvidenceForItsUnit) {
  GridBatch batch = three_shots();
  batch.query_inputs = batch.study.select(2, 0).contiguous();
  batch.query_outputs = batch.study.select(2, 1).contiguous();
  for (int pair = 0; pair < 3; ++pair) batch.kinds.push_back({kAllRoles, pair});
  GridBatch other = batch;
  other.study = batch.study.clone();
  other.study[0][1][1] = 0;
  other.study[0][1][1][5][5] = 7;  // the indicator stays
  const auto model = make_grid_model(sets_config(), {6, 3, 0, 0}, 1);
  const torch::Tensor changed =
      (model->predict(batch).log_probability - model->predict(other).log_probability).abs();
  EXPECT_LT(changed[0][1].item<double>(), 1e-4);
  EXPECT_GT(changed[0][0].item<double>(), 1e-4);
}

TEST(ExecutorOfSets, IsRefinedByThePairsThatItsUnitsMakeUp) {
  const auto made = make_grid_model(sets_config(), {6, 3, 0, 0}, 1);
  const auto& model = dynamic_cast<const ExecutorModel&>(*made);
  const RefineConfig config{.steps = 2, .lr = 0.05, .pull = 0.1, .held_back = false};
  EXPECT_EQ(refined_answers(model, three_shots(), config).grids.sizes(),
            three_shots().query_inputs.sizes());
}

TEST(ExecutorOfSets, WithHiddenSectionsHasNothingToSortInThreeShots) {
  ModelConfig config = sets_config();
  config.sections = "hidden";
  const auto made = make_grid_model(config, {6, 3, 0, 0}, 1);
  const auto& model = dynamic_cast<const ExecutorModel&>(*made);
  EXPECT_TRUE(torch::equal(model.with_sections_sorted(three_shots()).study, three_shots().study));
  made->loss(three_shots()).backward();
}

TEST(ExecutorOfSets, IsAskedByEveryChainWhereItHasSets) {
  ModelConfig config = executor_config();
  config.chains = "every";
  EXPECT_THROW(config.validate(), InputError);
  config.units = "sets";
  EXPECT_NO_THROW(config.validate());
}

}  // namespace
}  // namespace recombine
