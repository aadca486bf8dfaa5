#include "models/executor/rule_search.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "data/error.h"
#include "models/entry.h"
#include "models/executor/refine.h"
#include "models/executor/rule_library.h"
#include "models/executor/searched_answers.h"
#include "models/executor/section_search.h"
#include "models/executor/study_runs.h"
#include "tests/models/executor/taught_executor.h"

namespace recombine {
namespace {

GridAnswers answers(const ExecutorModel& model, const GridBatch& batch) {
  return model.most_probable(searched_answers(model, batch));
}

TEST(RuleLibrary, HasEachRuleOnce) {
  EXPECT_EQ(taught().config().library, 3);
  EXPECT_EQ(taught().library().size(0), 3);
  EXPECT_EQ(taught().library().size(1), taught().config().width);
}

TEST(RuleLibrary, IsASmallerOneWhereFewerRulesAreShownAlone) {
  GridBatch batch = many_episodes();
  batch.study = batch.study.narrow(1, 1, 5);
  batch.study_roles.erase(batch.study_roles.begin());
  EXPECT_EQ(rule_library(taught(), {batch}).size(0), 2);
  batch.study = batch.study.narrow(1, 2, 3);
  batch.study_roles = {kShapeRole | kColourRole, kShapeRole | kIndicatorRole,
                       kColourRole | kIndicatorRole};
  EXPECT_THROW(rule_library(taught(), {batch}), DataError);
}

TEST(RuleLibrary, NeedsRulesThatAreVectorsAndGridsBetweenThem) {
  for (const auto& change : {+[](ModelConfig& config) { config.conditioning = "attention"; },
                             +[](ModelConfig& config) { config.state = "latent"; }}) {
    ModelConfig config = executor_config();
    change(config);
    const ExecutorModel model(config, kShape, 1);
    EXPECT_THROW(with_library(model, {copies_of(one_episode(), 4)}, config), InputError);
  }
}

TEST(RuleSearch, AnswersFromEachRuleAlone) {
  const GridBatch batch = one_episode();
  EXPECT_TRUE(torch::equal(answers(taught(), batch).grids, batch.query_outputs));
}

TEST(RuleSearch, AnswersFromThreePairsOfAllRules) {
  const GridBatch batch = three_shots();
  EXPECT_TRUE(torch::equal(answers(taught(), batch).grids, batch.query_outputs));
  const std::vector<FoundRules> found = find_rules(taught(), batch);
  std::vector<std::int64_t> rules = found.front().library;
  std::ranges::sort(rules);
  EXPECT_EQ(rules, (std::vector<std::int64_t>{0, 1, 2})) << "whichever comes first";
}

TEST(RuleSearch, GivesTheLikeliestExplanationFirst) {
  const std::vector<FoundRules> found = find_rules(taught(), three_shots());
  double sum = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    sum += found[i].weight;
    if (i == 0) continue;
    EXPECT_LE(found[i].log_probability, found[i - 1].log_probability);
  }
  EXPECT_NEAR(sum, 1, 1e-9);
}

TEST(RuleSearch, AnswersManyEpisodesAsOne) {
  const GridBatch two = copies_of(three_shots(), 2);
  EXPECT_TRUE(torch::equal(answers(taught(), two).grids, two.query_outputs));
}

TEST(RuleSearch, AnswersQueriesOfFewerRules) {
  const GridBatch batch = many_episodes();
  const torch::Tensor right =
      answers(taught(), batch).grids.eq(batch.query_outputs).flatten(2).all(-1).all(0);
  for (const int query : {0, 3, 5, 7, 8})
    EXPECT_TRUE(right[query].item<bool>())
        << section_name(batch.kinds[static_cast<std::size_t>(query)].roles);
}

/// An episode whose pairs do not say what they show, in another order.
GridBatch untold() {
  GridBatch batch = many_episodes();
  batch.study = batch.study.narrow(0, 0, 1).flip(1);
  batch.query_inputs = batch.query_inputs.narrow(0, 0, 1).narrow(1, 0, 3);
  batch.query_outputs = batch.query_outputs.narrow(0, 0, 1).narrow(1, 0, 3);
  batch.study_roles.assign(6, kUnknownRoles);
  batch.kinds.clear();
  return batch;
}

TEST(SectionSearch, FindsThePairsThatShowTheIndicator) {
  const std::vector<Roles> found = searched_sections(taught(), untold());
  ASSERT_EQ(found.size(), 6U);
  for (std::size_t pair = 0; pair < 6; ++pair)
    EXPECT_EQ(has_indicator(found[pair]), has_indicator(kStudySections.at(5 - pair))) << pair;
}

TEST(SectionSearch, FindsTheSameInAnyOrderOfThePairs) {
  const std::vector<Roles> found = searched_sections(taught(), untold());
  GridBatch turned = untold();
  turned.study = turned.study.flip(1);
  std::vector<Roles> back = searched_sections(taught(), turned);
  std::ranges::reverse(back);
  EXPECT_EQ(found, back);
  const GridBatch two = copies_of(untold(), 2);
  EXPECT_EQ(answers(taught(), two).grids.sizes(), two.query_inputs.sizes());
}

TEST(SectionSearch, FindsAllRulesWhereEveryPairHasTheIndicator) {
  GridBatch batch = three_shots();
  batch.study_roles.assign(3, kUnknownRoles);
  EXPECT_EQ(searched_sections(taught(), batch), std::vector<Roles>(3, kAllRoles));
}

TEST(SectionSearch, LetsTwoPairsShowEveryRule) {
  GridBatch batch = untold();
  batch.study = batch.study.narrow(1, 4, 2);  // of the colour, and of the shape alone
  batch.study_roles.assign(2, kUnknownRoles);
  unsigned shown = 0;
  for (const Roles roles : with_sections_told(taught(), batch).study_roles) shown |= roles;
  EXPECT_EQ(shown, kAllRoles);
  EXPECT_NO_THROW(searched_answers(taught(), batch));
}

TEST(SectionSearch, LeavesSectionsThatAreTold) {
  EXPECT_EQ(with_sections_told(taught(), one_episode()).study_roles, one_episode().study_roles);
}

TEST(SectionSearch, IsOfModelsThatFindSections) {
  ModelConfig config = taught().config();
  config.sections = "told";
  const ExecutorModel model(config, kShape, 1);
  EXPECT_NO_THROW(with_sections_told(model, one_episode()));
  EXPECT_THROW(with_sections_told(model, untold()), InputError);
  GridBatch nothing = untold();
  nothing.study = nothing.study.narrow(1, 0, 0);
  nothing.study_roles.clear();
  EXPECT_THROW(with_sections_told(taught(), nothing), InputError);
}

TEST(SectionSearch, NeedsALibrary) {
  ModelConfig config = executor_config();
  config.sections = "searched";
  EXPECT_THROW(config.validate(), InputError);
  config.library = 3;
  EXPECT_NO_THROW(config.validate());
}

TEST(AnsweredOrders, AreAllWhereTheModelFindsThem) {
  ModelConfig config = executor_config();
  EXPECT_EQ(answered_orders(ExecutorModel(config, kShape, 1), 3).size(), 1U);
  config.order = "found";
  const auto orders = answered_orders(ExecutorModel(config, kShape, 1), 4);
  EXPECT_EQ(orders.size(), 24U);
  EXPECT_EQ(orders.front(), (std::vector<std::size_t>{0, 1, 2, 3}));
}

/// Four rules: the first, the second and the third, which is again the first.
GridBatch four_rules() {
  const Roles fourth = role_bit(3);
  GridBatch batch = one_episode();
  const torch::Tensor right = torch::zeros({1, 1, 2, 6, 6}, torch::kUInt8);
  right[0][0][0][1][1] = right[0][0][1][1][2] = 2;
  right[0][0].index_put_({torch::indexing::Slice(), 0, 5}, 8);
  batch.study = torch::cat({batch.study, right}, 1);
  batch.study_roles.push_back(fourth);
  batch.query_inputs.index_put_({torch::indexing::Slice(), torch::indexing::Slice(), 0, 5}, 8);
  return batch;
}

TEST(RuleSearch, FindsMoreRulesThanWereLearned) {
  const std::vector<FoundRules> found = find_rules(taught(), four_rules());
  ASSERT_EQ(found.front().chain.size(), 4U);
  EXPECT_EQ(found.front().chain.back().unit, role_bit(3));
  EXPECT_EQ(searched_answers(taught(), four_rules()).size(0), 3);
}

TEST(RuleSearch, NeedsAPairThatShowsEachRule) {
  GridBatch batch = one_episode();
  batch.study = batch.study.narrow(1, 1, 2);
  batch.study_roles = {kColourRole, kIndicatorRole};
  EXPECT_THROW(find_rules(taught(), batch), InputError);
}

TEST(RuleSearch, IsWhatPredictAndTraceGoBy) {
  ExecutorModel model(taught().config(), kShape, 1);
  const torch::NoGradGuard guard;
  for (std::size_t i = 0; i < model.weights().size(); ++i) {
    torch::Tensor to = model.weights()[i].tensor;
    to.copy_(taught().weights()[i].tensor);
  }
  const GridBatch batch = three_shots();
  EXPECT_TRUE(torch::equal(model.predict(batch).grids, batch.query_outputs));
  const std::vector<AfterRule> after = model.follow_rules(batch);
  ASSERT_EQ(after.size(), 3U) << "each rule by itself, though no pair shows one";
  EXPECT_TRUE(torch::equal(after.back().grids, batch.query_outputs));
  EXPECT_THROW(refined_answers(model, batch, {.steps = 1}), InputError) << "it finds sections";
  ModelConfig told = taught().config();
  told.sections = "told";
  GridBatch large = batch;
  large.study = torch::zeros({1, 3, 2, 9, 9}, torch::kUInt8);
  EXPECT_THROW(refined_answers(ExecutorModel(told, kShape, 1), large, {.steps = 1}), InputError)
      << "in windows";
}

TEST(StudyRuns, RunsEqualGridsOnceAndGivesAll) {
  const StudyRuns runs(taught(), one_episode());
  const torch::Tensor library = taught().library();
  const torch::NoGradGuard guard;
  const torch::Tensor all = runs.run_all(0, {library, library});
  ASSERT_EQ(all.size(0), 9);
  for (std::int64_t i = 0; i < 9; ++i) {
    const torch::Tensor each =
        runs.run_each(0, {library.narrow(0, i / 3, 1), library.narrow(0, i % 3, 1)});
    EXPECT_TRUE(torch::equal(all[i].argmax(-1), each[0].argmax(-1))) << i;
  }
  EXPECT_EQ(runs.pairs_of(kColourRole), std::vector<int>{1});
}

TEST(ExecutorEntry, ReadsMoreRulesByALibraryAlone) {
  EpisodeDemands demands{.study = 7, .roles = four_rules().study_roles, .learns = false};
  demands.rules = 4;
  EXPECT_NO_THROW(check_episodes(taught().config(), demands));
  EXPECT_THROW(check_episodes(executor_config(), demands), InputError);
  demands.learns = true;
  EXPECT_THROW(check_episodes(taught().config(), demands), InputError);
}

TEST(ExecutorEntry, TrainsNothingThatHasALibrary) {
  const EpisodeDemands demands{.study = 6,
                               .roles = {kStudySections.begin(), kStudySections.end()},
                               .queries = std::vector<QueryKind>(1)};
  EXPECT_NO_THROW(check_episodes(executor_config(), demands));
  EXPECT_THROW(check_episodes(taught().config(), demands), InputError);
}

}  // namespace
}  // namespace recombine
