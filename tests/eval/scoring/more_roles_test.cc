// Episodes of more than three rules, of queries for some of them and of an order of their own:
// answered, scored, explained and drawn.

#include <bit>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "eval/baselines/baseline.h"
#include "eval/census/grids.h"
#include "eval/drawing/item_scene.h"
#include "eval/errors/grid_errors.h"
#include "eval/errors/kinds.h"
#include "eval/scoring/evaluation.h"
#include "eval/scoring/twins.h"
#include "generator/grids/search/episode.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade.h"

namespace recombine {
namespace {

using testing::HasSubstr;

GridConfig five_roles() {
  GridConfig config;
  config.indicators = 3;
  config.side = 16;
  config.study = 2;
  config.queries = 6;
  config.order = "episode";
  config.query_depth = {"3", "4"};
  return config;
}

std::vector<Episode> five_role_episodes(std::uint64_t count) {
  const EpisodeMaker maker(five_roles(), 8);
  std::vector<Episode> episodes;
  for (std::uint64_t index = 0; index < count; ++index) episodes.push_back(maker.make(index));
  return episodes;
}

TEST(MoreRolesScores, GiveTheOracleAll) {
  const TemporaryFolder folder;
  const EpisodeSet data = write_set(folder / "set", five_role_episodes(4));
  std::vector<Prediction> predictions;
  for (const Episode& episode : data) {
    const auto answers =
        predict_episode(find_baseline("oracle"), episode, rules_of(five_roles()), 0);
    predictions.insert(predictions.end(), answers.begin(), answers.end());
  }
  const auto scores = evaluate(data, PredictionSet("p.jsonl", meta_for(data), predictions)).scores;
  EXPECT_EQ(scores.planned, 24U);
  EXPECT_EQ(scores.all.figures.at("exact").value, 1);
}

TEST(MoreRolesBaselines, AnswerWithAGridOrNothing) {
  const Episode episode = five_role_episodes(1).front();
  const RuleSpace rules = rules_of(five_roles());
  for (const BaselineEntry& baseline : baseline_entries())
    EXPECT_EQ(predict_episode(baseline, episode, rules, 3).size(), 6U) << baseline.name;
}

/// The query's answer without the last of its rules.
std::optional<Grid> without_last_rule(const Episode& episode, const Example& query) {
  std::vector<RoleRule> rules;
  for (const std::size_t role : episode.grammar.applied(query.roles))
    rules.push_back({role_key(role), to_step(episode.grammar.rules[role]), true});
  const auto parts = find_parts(query, rules);
  if (!parts) return std::nullopt;
  Object object = parts->object;
  for (std::size_t rule = 0; rule + 1 < rules.size(); ++rule)
    object = applied(rules[rule].step, object, query.input.side()).value();
  Grid answer = parts->rest;
  paint(answer, object);
  return answer;
}

TEST(MoreRolesErrors, NameARuleThatWasLeftOut) {
  const RuleSpace space = rules_of(five_roles());
  int named = 0;
  for (const Episode& episode : five_role_episodes(4)) {
    const EpisodeErrors errors(episode, space);
    for (std::size_t query = 0; query < episode.queries.size(); ++query) {
      const auto answer = without_last_rule(episode, episode.queries[query]);
      ASSERT_TRUE(answer.has_value());
      if (*answer == episode.queries[query].output) continue;
      const ErrorVerdict verdict = errors.explain(query, *answer);
      if (verdict.kind != error_kind::kLeftOut) continue;  // a copy, or as it was
      ++named;
      const auto asked = episode.grammar.applied(episode.queries[query].roles);
      EXPECT_EQ(verdict.changes.at(0).role, role_key(asked.back()));
    }
  }
  EXPECT_GT(named, 10);
}

TEST(MoreRolesPicture, SaysTheRulesOfEachSectionAndTheOrder) {
  const Episode episode = five_role_episodes(1).front();
  std::string texts;
  for (const TextPart& text : episode_scene(episode, {}, 2).texts) texts += text.text + "\n";
  EXPECT_THAT(texts, HasSubstr("indicator3: "));
  EXPECT_THAT(texts, HasSubstr("in the order " + order_text(episode.grammar)));
  EXPECT_THAT(texts, HasSubstr("sets of "));
}

TEST(MoreRolesTwins, ChangeTheOrder) {
  Grammar one = five_role_episodes(1).front().grammar;
  Grammar other = one;
  std::swap(other.order.at(0), other.order.at(1));
  EXPECT_EQ(twin_change(one, other), "order");
  other.rules[4].type = "shear";
  EXPECT_EQ(twin_change(one, other), "other");
  other.order = one.order;
  EXPECT_EQ(twin_change(one, other), "indicator3 type");
}

TEST(MoreRolesCensus, CountsEveryRule) {
  const TemporaryFolder folder;
  const EpisodeSet data = write_set(folder / "set", five_role_episodes(3));
  const SetStatistics statistics = count_set(data, {}, 1);
  std::uint64_t types = 0;
  std::uint64_t indicator_rules = 0;
  for (const auto& [name, counts] : statistics.factors) {
    for (const auto& [value, count] : counts) {
      types += name == "transformation" ? count : 0;
      indicator_rules += name == "indicator_rule" ? count : 0;
    }
  }
  EXPECT_EQ(types, 15U);
  EXPECT_EQ(indicator_rules, 9U);
  EXPECT_EQ(statistics.determined, 18U) << "certified";
}

}  // namespace
}  // namespace recombine
