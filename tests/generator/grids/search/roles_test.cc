// Episodes of four to six rules, of queries for some of them, and of orders of their own.

#include <algorithm>
#include <bit>
#include <functional>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "data/storage/codec.h"
#include "generator/grids/rules/between.h"
#include "generator/grids/search/episode.h"
#include "generator/grids/search/grid_source.h"
#include "generator/grids/search/search.h"
#include "generator/grids/solver/certificate.h"
#include "generator/grids/solver/solver.h"

namespace recombine {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

GridConfig six_types(int indicators, const std::function<void(GridConfig&)>& change = {}) {
  GridConfig config;
  config.indicators = indicators;
  config.side = 12 + 2 * indicators;
  config.study = 2;
  config.queries = 5;
  config.types = {"translation", "mirror", "rotation", "set_color", "grow", "transpose"};
  if (change) change(config);
  return config;
}

GridConfig in_own_order(int indicators) {
  return six_types(indicators, [](GridConfig& config) { config.order = "episode"; });
}

class MoreRoles : public testing::TestWithParam<GridConfig> {};

TEST_P(MoreRoles, GiveTheSameEpisodesByThePlainLoop) {
  const EpisodeMaker maker(GetParam(), 1);
  for (std::uint64_t i = 0; i < 4; ++i) EXPECT_EQ(maker.make(i), maker.make_plainly(i));
}

bool stands(const Indicator& indicator, const Grid& grid) {
  const Cells cells = parse_shape(indicator.shape).shape().moved(indicator.row, indicator.col);
  return std::ranges::all_of(
      cells, [&](Cell cell) { return grid(cell.row, cell.col) == indicator.colour; });
}

/// Exactly what the roles say is on the grids, and the rules lead from one to the other.
void expect_roles(const Episode& episode, const Example& example) {
  const Grammar& grammar = episode.grammar;
  for (std::size_t i = 0; i < grammar.indicators.size(); ++i) {
    const bool shown = has_role(example.roles, i + kFirstIndicatorRole);
    EXPECT_EQ(stands(grammar.indicators[i], example.input), shown);
    EXPECT_TRUE(!shown || stands(grammar.indicators[i], example.output));
  }
  const auto grids = grids_between(episode, example);
  ASSERT_TRUE(grids.has_value()) << episode.id << " " << section_name(example.roles);
  EXPECT_EQ(std::ssize(*grids), std::popcount(unsigned{example.roles}));
}

TEST_P(MoreRoles, HoldTheInvariantsOfAnEpisode) {
  const GridConfig& config = GetParam();
  const EpisodeMaker maker(config, 2);
  const RuleSpace space = rules_of(config);
  for (std::uint64_t i = 0; i < 6; ++i) {
    const Episode episode = maker.make(i);
    const Grammar& grammar = episode.grammar;
    ASSERT_EQ(grammar.rules.size(), config.roles());
    std::set<std::string> types;
    for (const Rule& rule : grammar.rules) types.insert(rule.type);
    EXPECT_EQ(types.size(), config.roles());
    std::set<int> colours = {grammar.role_colour};
    for (const Indicator& indicator : grammar.indicators) colours.insert(indicator.colour);
    EXPECT_EQ(colours.size(), config.roles() - 1);
    EXPECT_EQ(episode.queries.size(), static_cast<std::size_t>(config.queries));
    for (const auto* list : {&episode.study, &episode.queries}) {
      for (const Example& example : *list) expect_roles(episode, example);
    }
    const Determination found = determine(episode, space);
    EXPECT_GE(found.programs, 1) << episode.id;
    EXPECT_EQ(found.explained, config.queries) << episode.id;
    EXPECT_EQ(decode_episode(encode_episode(episode)), episode);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Configs,
    MoreRoles,
    testing::Values(six_types(2),
                    six_types(3),
                    six_types(4),
                    six_types(1, [](GridConfig& c) { c.query_depth = {"2"}; }),
                    six_types(2,
                              [](GridConfig& c) {
                                c.query_depth = {"2", "4"};
                              }),
                    six_types(4, [](GridConfig& c) { c.query_depth = {"3"}; }),
                    six_types(3, [](GridConfig& c) { c.study_pairs_of = "adjacent"; }),
                    in_own_order(1),
                    in_own_order(2)),
    [](const auto& instance) { return "Config" + std::to_string(instance.index); });

std::set<Roles> shown_by(const Episode& episode) {
  std::set<Roles> shown;
  for (const Example& pair : episode.study) shown.insert(pair.roles);
  return shown;
}

TEST(StudyPairs, ShowEachTwoRulesOrNeighbours) {
  const GridConfig all = six_types(3);
  EXPECT_EQ(shown_by(EpisodeMaker(all, 3).make(0)).size(), 5U + 10U);
  GridConfig adjacent = all;
  adjacent.study_pairs_of = "adjacent";
  const std::set<Roles> shown = shown_by(EpisodeMaker(adjacent, 3).make(0));
  EXPECT_EQ(shown.size(), 5U + 4U);
  EXPECT_TRUE(shown.contains(kColourRole | kIndicatorRole));
  EXPECT_FALSE(shown.contains(kShapeRole | kIndicatorRole));
}

TEST(StudyPairs, ShowNeighboursInTheOrderOfTheEpisode) {
  GridConfig config = in_own_order(2);
  config.study_pairs_of = "adjacent";
  const EpisodeMaker maker(config, 3);
  for (std::uint64_t i = 0; i < 3; ++i) {
    const Episode episode = maker.make(i);
    const std::set<Roles> shown = shown_by(episode);
    const auto order = episode.grammar.applied(episode.grammar.all_roles());
    EXPECT_EQ(shown.size(), 4U + 3U);
    for (std::size_t place = 0; place + 1 < order.size(); ++place)
      EXPECT_TRUE(shown.contains(role_bit(order[place]) | role_bit(order[place + 1])));
  }
}

TEST(QueryDepth, IsOneOfThoseAskedForInAnEpisode) {
  const EpisodeMaker maker(six_types(2, [](GridConfig& c) { c.query_depth = {"2", "3"}; }), 4);
  std::map<int, int> depths;
  std::set<Roles> sets;
  for (std::uint64_t i = 0; i < 20; ++i) {
    const Episode episode = maker.make(i);
    const int depth = std::popcount(unsigned{episode.queries[0].roles});
    ++depths[depth];
    for (const Example& query : episode.queries) {
      sets.insert(query.roles);
      EXPECT_EQ(std::popcount(unsigned{query.roles}), depth);
      const auto shown = std::ranges::find(episode.study, query.input, &Example::input);
      EXPECT_EQ(shown, episode.study.end()) << "a query that is shown";
    }
  }
  EXPECT_EQ(depths.size(), 2U);
  EXPECT_EQ(sets.size(), 6U + 4U);
}

TEST(OwnOrder, IsDrawnAndFollowsFromTheStudyPairs) {
  const GridConfig config = in_own_order(1);
  const EpisodeMaker maker(config, 5);
  const Certificate certificate(config);
  std::map<std::string, int> orders;
  for (std::uint64_t i = 0; i < 40; ++i) {
    const Episode episode = maker.make(i);
    ++orders[order_text(episode.grammar)];
    EXPECT_TRUE(certificate.holds(episode));
    const bool usual = order_text(episode.grammar) == "shape-colour-indicator";
    EXPECT_EQ(episode.grammar.order.empty(), usual);
    EXPECT_EQ(encode_episode(episode).at(1), usual ? 1 : 2);
  }
  EXPECT_EQ(orders.size(), 6U);
}

TEST(OwnOrder, IsAllThatTwinsDifferIn) {
  GridConfig config = in_own_order(1);
  config.twins = true;
  config.twin_change = "order";
  const EpisodeMaker maker(config, 6);
  for (std::uint64_t i = 0; i < 6; i += 2) {
    const Episode one = maker.make(i);
    const Episode other = maker.make(i + 1);
    EXPECT_EQ(one.grammar.rules, other.grammar.rules);
    EXPECT_NE(one.grammar.order, other.grammar.order);
    for (std::size_t query = 0; query < one.queries.size(); ++query) {
      EXPECT_EQ(one.queries[query].input, other.queries[query].input);
      EXPECT_NE(one.queries[query].output, other.queries[query].output);
    }
  }
}

TEST(GrammarKey, IsTheSameOfADraftAndOfItsEpisodeAndTellsOrdersApart) {
  const EpisodePlan plan = make_plan(in_own_order(2));
  std::set<std::string> keys;
  for (std::uint64_t item = 0; item < 10; ++item) {
    CounterRandom random(7, item, Stream::kEpisode);
    Draft draft;
    draft.grammar = draw_grammar(random, plan, draw_types(random, plan)).value();
    ASSERT_TRUE(draw_places(random, plan, draft.grammar));
    set_sections(plan.config, draft);
    Grammar grammar = to_episode(draft, plan.config.side, "e0", 0).grammar;
    EXPECT_EQ(grammar_key(draft.grammar), grammar_key(grammar));
    keys.insert(grammar_key(grammar));
    grammar.order = grammar.order.empty() ? std::vector<int>{3, 2, 1, 0} : std::vector<int>{};
    keys.insert(grammar_key(grammar));
  }
  EXPECT_EQ(keys.size(), 20U);
}

std::string complaint_of(const GridConfig& config) {
  try {
    config.validate();
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing wrong";
}

TEST(MoreRolesConfig, NamesTheOptionAtFault) {
  GridConfig five;
  five.indicators = 4;
  EXPECT_THAT(complaint_of(five), HasSubstr("--types: needs at least 6"));
  for (const char* depth : {"1", "5", "two", ""}) {
    EXPECT_THAT(complaint_of(six_types(2, [&](GridConfig& c) { c.query_depth = {depth}; })),
                HasSubstr("--query-depth"));
  }
  EXPECT_THAT(complaint_of(six_types(2,
                                     [](GridConfig& c) {
                                       c.query_depth = {"3", "3"};
                                     })),
              HasSubstr("names 3 twice"));
  EXPECT_THAT(complaint_of(six_types(1,
                                     [](GridConfig& c) {
                                       c.twins = true;
                                       c.twin_change = "order";
                                     })),
              HasSubstr("--order episode"));
  EXPECT_THAT(complaint_of(six_types(2,
                                     [](GridConfig& c) {
                                       c.certify = true;
                                       c.certify_sections = "shuffled";
                                     })),
              HasSubstr("--certify-sections"));
}

TEST(MoreRolesConfig, IsNotOfThePublishedStream) {
  GridRunConfig run;
  run.stream = "published";
  run.episodes = 1;
  EXPECT_THAT([&] { make_grid_source(six_types(2), run); },
              ThrowsMessage<InputError>(HasSubstr("--indicators")));
}

}  // namespace
}  // namespace recombine
