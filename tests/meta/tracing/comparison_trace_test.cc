// Tracing of comparisons (arXiv 2405.15071).

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.h"
#include "meta/tracing/question_tracer.h"
#include "tests/data/temporary_folder.h"
#include "tests/eval/handmade_facts.h"
#include "tests/meta/fact_fixtures.h"

namespace recombine {
namespace {

/// The values of all entities.
std::vector<AtomicFact> values() {
  std::vector<AtomicFact> facts;
  for (Token entity = 0; entity < 40; ++entity) {
    for (int attribute = 0; attribute < 3; ++attribute)
      facts.push_back(
          {entity, kHandmadeComparison.relation(attribute), handmade_value(entity, attribute)});
  }
  return facts;
}

/// The first twelve entities, each compared with the next by every attribute.
class ComparedWorld : public testing::Test {
 protected:
  ComparedWorld() {
    std::vector<FactItem> items;
    for (Token first = 0; first < 12; ++first) {
      for (int attribute = 0; attribute < 3; ++attribute)
        items.push_back(handmade_comparison(attribute, first, first + 1));
    }
    write_facts(folder_ / "test_id", items, kHandmadeComparison);
  }

  FactSet set() const { return FactSet(folder_ / "test_id"); }

  const FactIndex graph_{values(), kHandmadeComparison};

 private:
  TemporaryFolder folder_;
};

TEST_F(ComparedWorld, IsReadUpToTheLabel) {
  const ComparedItems items = compared_items(set(), graph_, 99, 1);
  EXPECT_EQ(items.items.size(), 36U);
  const ComparedItem& item = items.items.front();
  EXPECT_EQ(item.question.size(), 5U);
  EXPECT_EQ(item.first, 0U);
  EXPECT_EQ(item.second, 1U);
  EXPECT_EQ(item.label, kHandmadeComparison.label(0, 0));
  EXPECT_EQ(compared_items(set(), graph_, 7, 1).items.size(), 7U);
}

TEST_F(ComparedWorld, IsRefusedWhereNoValueIsKnown) {
  EXPECT_THROW(compared_items(set(), FactIndex({}, kHandmadeComparison), 99, 1), DataError);
}

TEST_F(ComparedWorld, ChangesOneTokenAndTheOutcome) {
  const ComparedItems items = compared_items(set(), graph_, 99, 1);
  const torch::Tensor before = items.tokens();
  for (const int position : {0, 2, 4}) {
    const ChangedTokens changed = change_compared(items, graph_, kHandmadeComparison, position, 3);
    for (std::int64_t i = 0; i < 36; ++i) {
      if (!changed.kept[i].item<bool>()) continue;
      const auto token = [&](int place) {
        return static_cast<Token>(changed.tokens[i][place].item<std::int64_t>());
      };
      EXPECT_EQ((changed.tokens[i] != before[i]).sum().item<std::int64_t>(), 1);
      const ComparedItem& was = items.items[static_cast<std::size_t>(i)];
      const auto order = [&](Token first, Token second, Token attribute) {
        return *graph_.follow(first, attribute) <=> *graph_.follow(second, attribute);
      };
      EXPECT_NE(order(token(2), token(4), token(0)), order(was.first, was.second, was.attribute));
    }
    EXPECT_GT(changed.kept.sum().item<std::int64_t>(), 10) << position;
  }
}

TEST_F(ComparedWorld, IsTracedAtEveryLayer) {
  const auto made = random_gpt({0, 0, kHandmadeComparison.size(), 8});
  GptModel& model = *made;
  const TracedCheckpoint found = QuestionTracer(set(), values(), 99, 1).trace(5, model);
  EXPECT_EQ(found.causal.size(), 3U * 2U);
  EXPECT_EQ(found.lens.size(), 3U * 5U * 3U);  // targets, positions, layers
  // Where the model's own answers are the truth, an exchange of embeddings is a run with the other
  // token.
  const auto answers = [&](const torch::Tensor& tokens) {
    return model.read_out(model.states(tokens).select(1, 4))
        .narrow(1, model.first_row(), kHandmadeComparison.size())
        .argmax(1);
  };
  ComparedItems items = compared_items(set(), graph_, 99, 1);
  const torch::Tensor before = answers(items.tokens());
  for (std::size_t i = 0; i < items.items.size(); ++i) {
    items.items[i].label =
        static_cast<Token>(before[static_cast<std::int64_t>(i)].item<std::int64_t>());
  }
  const ChangedTokens changed = change_compared(items, graph_, kHandmadeComparison, 4, 1);
  const torch::Tensor altered = changed.kept.logical_and(answers(changed.tokens) != before);
  EXPECT_GT(altered.sum().item<std::int64_t>(), 0);
  int seen = 0;
  for (const CausalRow& row : causal_tracing(model, items, graph_, kHandmadeComparison, 1)) {
    if (row.token != "e2" || row.layer != 0) continue;
    EXPECT_EQ(row.items, static_cast<std::uint64_t>(changed.kept.sum().item<std::int64_t>()));
    EXPECT_DOUBLE_EQ(row.altered * static_cast<double>(row.items), altered.sum().item<double>());
    ++seen;
  }
  EXPECT_EQ(seen, 1);
}

}  // namespace
}  // namespace recombine
