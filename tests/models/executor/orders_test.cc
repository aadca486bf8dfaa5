#include <gtest/gtest.h>

#include "data/error.h"
#include "models/entry.h"
#include "models/executor/order_finder.h"
#include "models/executor/refine.h"
#include "tests/models/executor/executor_fixtures.h"

namespace recombine {
namespace {

constexpr RuleOrder kIndicatorFirst = {2, 0, 1};

ModelConfig finding_order() {
  ModelConfig config = executor_config();
  config.order = "found";
  return config;
}

TEST(RuleOrders, AreSixAndTheUsualOneIsFirst) {
  EXPECT_EQ(rule_orders().size(), 6U);
  EXPECT_EQ(rule_orders().front(), kUsualOrder);
}

TEST(PlanInOrder, RunsTheRulesOneAfterAnotherInThatOrder) {
  const std::vector<Roles> study(kStudySections.begin(), kStudySections.end());
  for (const PlanRules& rules : {PlanRules{}, PlanRules{.sets = true}}) {
    const ExecutorPlan plan = plan_in_order(study, {{kAllRoles, -1}}, rules, kIndicatorFirst);
    ASSERT_EQ(plan.turns.size(), 3U);
    EXPECT_EQ(plan.turns[0].unit, kIndicatorRole);
    EXPECT_EQ(plan.turns[1].unit, kShapeRole);
    EXPECT_EQ(plan.turns[2].unit, kColourRole);
    // A pair of shape and indicator is evidence for the shape rule, which is the later one.
    EXPECT_EQ(plan.grids_of(plan.turns[0].evidence), std::vector{2});
    EXPECT_EQ(plan.grids_of(plan.turns[1].evidence), (std::vector{0, 4}));
  }
}

TEST(OrderFinder, KeepsTheOrderByWhichPairsFollowBest) {
  const auto made = make_grid_model(finding_order(), kShape, 1);
  const auto& model = dynamic_cast<const ExecutorModel&>(*made);
  const GridBatch batch = one_episode();
  const FoundOrders found = find_orders(model, batch);
  ASSERT_EQ(found.orders.sizes(), (std::vector<std::int64_t>{1}));
  const RuleOrder order =
      rule_orders()[static_cast<std::size_t>(found.orders[0].item<std::int64_t>())];
  const torch::Tensor answers = model.soft_answers(batch, {.order = order, .leave_out = true});
  EXPECT_TRUE(torch::allclose(found.soft_grids, answers, 1e-4, 1e-5));
  EXPECT_TRUE(torch::equal(made->predict(batch).grids, model.most_probable(answers).grids));
  EXPECT_EQ(made->follow_rules(batch).front().unit, role_bit(order[0]));
}

TEST(OrderFinder, KeepsTheUsualOrderWhereNoPairTells) {
  GridBatch batch = one_episode();
  batch.study = batch.study.narrow(1, 0, 3);
  batch.study_roles.resize(3);
  const auto made = make_grid_model(finding_order(), {6, 3, 0, 0}, 1);
  const auto usual = make_grid_model(executor_config(), {6, 3, 0, 0}, 1);
  EXPECT_TRUE(torch::equal(made->predict(batch).grids, usual->predict(batch).grids));
}

TEST(OrderFinder, FollowsEpisodesOneByOne) {
  const auto model = make_grid_model(finding_order(), kShape, 1);
  GridBatch two = one_episode();
  two.study = two.study.repeat({2, 1, 1, 1, 1});
  two.query_inputs = two.query_inputs.repeat({2, 1, 1, 1});
  EXPECT_THROW(model->follow_rules(two), InputError);
  EXPECT_EQ(model->predict(two).grids.size(0), 2);
}

TEST(OrderFinder, LearnsFromEpisodesOfTheUsualOrder) {
  const ModelConfig config = finding_order();
  EpisodeDemands demands{.study = 6,
                         .roles = {kStudySections.begin(), kStudySections.end()},
                         .queries = std::vector<QueryKind>(1),
                         .learns = false,
                         .own_order = true};
  EXPECT_NO_THROW(find_model("executor").check_data(config, demands));
  EXPECT_THROW(find_model("executor").check_data(executor_config(), demands), InputError);
  demands.learns = true;
  EXPECT_THROW(find_model("executor").check_data(config, demands), InputError);
}

}  // namespace
}  // namespace recombine
