// The logit lens and causal tracing (arXiv 2405.15071).

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "data/storage/file.h"
#include "meta/tracing/causal.h"
#include "meta/tracing/lens.h"
#include "meta/tracing/trace_report.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade_facts.h"
#include "tests/meta/fact_fixtures.h"

namespace recombine {
namespace {

using testing::HasSubstr;

/// Relation r leads from entity e to e + r + 1; every entity has every relation.
FactIndex ring() {
  std::vector<AtomicFact> facts;
  for (int head = 0; head < kWorld.entities; ++head) {
    for (int r = 0; r < kWorld.relations; ++r) {
      facts.push_back({static_cast<Token>(head), kWorld.relation(r),
                       static_cast<Token>((head + r + 1) % kWorld.entities)});
    }
  }
  return {facts, kWorld};
}

TracedItems ring_items(bool chain) {
  TracedItems items;
  items.chain = chain;
  for (Token head = 0; head < 12; ++head) {
    items.items.push_back(
        {head, kWorld.relation(1), kWorld.relation(2), (head + 2) % 12, (head + 5) % 12});
  }
  return items;
}

std::shared_ptr<GptModel> random_model() { return random_gpt(small_world_task()); }

std::vector<torch::Tensor> states_of(GptModel& model, const torch::Tensor& tokens) {
  const torch::InferenceMode no_gradients;
  std::vector<torch::Tensor> states;
  model.states(tokens, [&](int, const torch::Tensor& x) {
    states.push_back(x);
    return x;
  });
  return states;
}

torch::Tensor answer_at(GptModel& model, const torch::Tensor& tokens, int target) {
  const torch::InferenceMode no_gradients;
  const torch::Tensor logits = model.read_out(model.states(tokens).select(1, target));
  return logits.narrow(1, 0, kWorld.size()).argmax(1);
}

TEST(LogitLens, RanksByTheNumberOfLargerLogits) {
  const torch::Tensor logits = torch::tensor({{0.5F, 2.0F, 1.0F, 2.0F}, {3.0F, 2.0F, 1.0F, 0.0F}});
  EXPECT_TRUE(ranks(logits, torch::tensor({2L, 0L})).equal(torch::tensor({2L, 0L})));
  EXPECT_TRUE(ranks(logits, torch::tensor({1L, 3L})).equal(torch::tensor({0L, 3L})));
}

TEST(LogitLens, NormsTheLastLayerOnce) {
  const auto model = random_model();
  const torch::InferenceMode no_gradients;
  const TracedItems items = ring_items(true);
  const torch::Tensor truth = items.column(&TracedItem::tail) + model->first_row();
  const torch::Tensor states = model->states(items.tokens());  // [B, T, D]
  const auto weights = model->named_parameters();
  const torch::Tensor normed =
      torch::layer_norm(states, {states.size(2)}, weights["ln_f_weight"], weights["ln_f_bias"]);
  const auto mean_rank = [&](const torch::Tensor& x, int position) {
    const torch::Tensor rank = ranks(model->read_out(x.select(1, position)), truth);
    return rank.to(torch::kDouble).mean().item<double>();
  };
  const std::vector<LensRow> rows = logit_lens(*model, items);
  ASSERT_EQ(rows.size(), 3U * 4U * 3U);  // targets, positions, layers
  int found = 0;
  bool shows = false;
  for (const LensRow& row : rows) {
    EXPECT_GE(row.mrr, row.top);
    EXPECT_LE(row.mrr, 1);
    if (row.target != "t" || row.layer != 2) continue;
    EXPECT_DOUBLE_EQ(row.mean_rank, mean_rank(states, row.position)) << row.position;
    shows = shows || mean_rank(normed, row.position) != row.mean_rank;
    ++found;
  }
  EXPECT_EQ(found, 4);
  EXPECT_TRUE(shows) << "a second norm would not be seen";
}

TEST(LogitLens, SeesAnInputTokenInItsOwnEmbedding) {
  const auto model = random_model();
  for (const LensRow& row : logit_lens(*model, ring_items(true))) {
    if (row.target != "b" || row.position != 3 || row.layer != 0) continue;
    EXPECT_GT(row.mrr, 0.5);
  }
}

class EveryPosition : public testing::TestWithParam<int> {};

TEST_P(EveryPosition, ChangesToATokenThatLeadsElsewhere) {
  const int position = GetParam();
  const TracedItems items = ring_items(true);
  const FactIndex graph = ring();
  const ChangedTokens changed = change_token(items, graph, position, 5);
  EXPECT_TRUE(changed.kept.all().item<bool>());
  const torch::Tensor before = items.tokens();
  for (std::size_t i = 0; i < items.items.size(); ++i) {
    const TracedItem& item = items.items[i];
    std::vector<Token> now;
    for (int p = 0; p < 4; ++p) {
      now.push_back(
          static_cast<Token>(changed.tokens[static_cast<std::int64_t>(i)][p].item<std::int64_t>()));
      const auto was =
          static_cast<Token>(before[static_cast<std::int64_t>(i)][p].item<std::int64_t>());
      EXPECT_EQ(now.back() != was, p == position) << i;
    }
    if (position < 2) {
      EXPECT_NE(graph.follow(now[0], now[1]), item.bridge);
    }
    const auto bridge = position == 3 ? std::optional(now[3]) : graph.follow(now[0], now[1]);
    EXPECT_NE(graph.follow(*bridge, now[2]), item.tail);
  }
  EXPECT_TRUE(change_token(items, graph, position, 5).tokens.equal(changed.tokens));
}

TEST_P(EveryPosition, AtLayerZeroIsTheWholeRunWithTheOtherToken) {
  const int position = GetParam();
  const auto model = random_model();
  const TracedItems items = ring_items(true);
  const ChangedTokens changed = change_token(items, ring(), position, 1);
  const auto normal = states_of(*model, items.tokens());
  const auto other = states_of(*model, changed.tokens);
  for (const int target : {2, 3}) {
    EXPECT_TRUE(patched_answer(*model, 0, normal, other[0], {position}, target)
                    .equal(answer_at(*model, changed.tokens, target)))
        << target;
  }
}

TEST_P(EveryPosition, WithItsOwnStateChangesNothing) {
  const auto model = random_model();
  const TracedItems items = ring_items(true);
  const auto normal = states_of(*model, items.tokens());
  for (int layer = 0; layer < model->layers(); ++layer) {
    const auto at = static_cast<std::size_t>(layer);
    EXPECT_TRUE(patched_answer(*model, layer, normal, normal[at], {GetParam()}, 3)
                    .equal(answer_at(*model, items.tokens(), 3)));
  }
}

INSTANTIATE_TEST_SUITE_P(Positions, EveryPosition, testing::Values(0, 1, 2, 3));

TEST(CausalTracing, OfALaterPositionChangesNothing) {
  const auto model = random_model();
  const TracedItems items = ring_items(true);
  const ChangedTokens changed = change_token(items, ring(), 3, 1);
  const auto normal = states_of(*model, items.tokens());
  const auto other = states_of(*model, changed.tokens);
  for (int layer = 0; layer < model->layers(); ++layer) {
    const auto at = static_cast<std::size_t>(layer);
    EXPECT_TRUE(patched_answer(*model, layer, normal, other[at], {3}, 2)
                    .equal(answer_at(*model, items.tokens(), 2)));
  }
}

TEST(CausalTracing, CountsRightAnswersAlone) {
  const auto model = random_model();
  TracedItems items = ring_items(true);
  // The truth of half of the questions is what the model answers.
  const torch::Tensor answers = answer_at(*model, items.tokens(), 3);
  for (std::size_t i = 0; i < items.items.size(); ++i) {
    const auto answer =
        static_cast<Token>(answers[static_cast<std::int64_t>(i)].item<std::int64_t>());
    items.items[i].tail = i % 2 == 0 ? answer : (answer + 1) % 12;
  }
  int rows = 0;
  for (const CausalRow& row : causal_tracing(*model, items, ring(), 1)) {
    if (row.target != "t") continue;
    EXPECT_EQ(row.items, 6U);
    EXPECT_LE(row.altered, 1);
    ++rows;
  }
  EXPECT_EQ(rows, 4 * 2);
}

TEST(CausalTracing, WatchesTheTailAloneWithoutAChain) {
  const auto model = random_model();
  const auto rows = causal_tracing(*model, ring_items(false), ring(), 1);
  EXPECT_EQ(rows.size(), 3U * 2U);
  for (const CausalRow& row : rows) EXPECT_EQ(row.target, "t");
}

TEST(TracedItems, AreASampleNamedByItsSeed) {
  const TemporaryFolder folder;
  std::vector<FactItem> items;
  for (Token head = 0; head < 12; ++head)
    items.push_back(handmade_fact(FactType::kTestIid, head, {1, 2}));
  const FactSet set = write_facts(folder / "set", items);
  const auto heads = [&](std::uint64_t count, std::uint64_t seed) {
    std::vector<Token> all;
    for (const TracedItem& item : traced_items(set, count, seed).items) all.push_back(item.head);
    return all;
  };
  EXPECT_EQ(heads(99, 1), heads(12, 2)) << "all there are";
  const std::vector<Token> some = heads(5, 1);
  EXPECT_EQ(some, heads(5, 1));
  EXPECT_NE(some, heads(5, 2));
  EXPECT_EQ(std::set<Token>(some.begin(), some.end()).size(), 5U);
  EXPECT_TRUE(std::ranges::is_sorted(some));
  EXPECT_TRUE(traced_items(set, 5, 1).chain);
}

TEST(TraceReport, HoldsTablesAndPictures) {
  const auto model = random_model();
  const TracedItems items = ring_items(true);
  const TracedCheckpoint checkpoint{10, logit_lens(*model, items),
                                    causal_tracing(*model, items, ring(), 1)};
  TracedSet set{"test_id", "sha256:0",           items.items.size(),
                true,      two_hop_layout(true), {checkpoint, checkpoint}};
  set.checkpoints[1].step = 20;
  const Json json = to_json(set);
  EXPECT_EQ(json.at("checkpoints").at(1).at("lens").size(), 36U);
  EXPECT_EQ(json.at("checkpoints").at(0).at("causal").at(0).at("token"), "h");
  EXPECT_THAT(trace_markdown(set), HasSubstr("h -> b"));
  const TemporaryFolder folder;
  write_trace_pictures(set, folder.path());
  for (const char* name : {"lens-test_id.png", "causal-test_id.png", "timeline-test_id.png"}) {
    EXPECT_TRUE(read_file(folder / name).starts_with("\x89PNG")) << name;
  }
}

}  // namespace
}  // namespace recombine
