#include "generator/facts/comparison.h"

#include <map>

#include <gtest/gtest.h>

#include "generator/facts/hard.h"
#include "tests/generator/facts/kept_world.h"

namespace recombine {
namespace {

/// Sizes of the published tasks (arXiv 2405.15071).
FactConfig published(const std::string& task) {
  FactConfig config;
  config.task = task;
  config.entities = 1000;
  config.relations = 20;
  config.ood_fraction = 0.1;
  config.test_fraction = 0.1;
  return config;
}

/// The value that an atomic fact gives, by (entity, attribute).
std::map<std::pair<Token, Token>, Token> values_in(const FactConfig& config,
                                                   const std::vector<FactItem>& items) {
  std::map<std::pair<Token, Token>, Token> values;
  const std::size_t first = config.task == "complex" ? 1 : 0;
  for (const FactItem& item : items) {
    if (item.type != FactType::kIdAtomic && item.type != FactType::kOodAtomic) continue;
    values[{item.tokens[first], item.tokens[first + 1]}] = item.tokens[item.tokens.size() - 2];
  }
  return values;
}

std::string text_of(const FactConfig& config, const FactItem& item) {
  const FactVocabulary vocabulary = config.vocabulary();
  return vocabulary.text(item.question()) + " " + vocabulary.text(item.answer());
}

TEST(Comparisons, FillThePoolsAsPublished) {
  const FactConfig config = published("comparison");
  const KeptWorld world(config);
  EXPECT_EQ(world.pool("id_facts"), 18000U);
  EXPECT_EQ(world.pool("ood_facts"), 2000U);
  EXPECT_EQ(world.pool("ood_pool"), 198000U);
  EXPECT_EQ(world.pool("discarded"), 3600000U);
  EXPECT_EQ(world.pool("training_pool") + world.pool("id_pool"), 16182000U);
  // 8,091,000 pairs, each tested with probability 1/10: sd 853 pairs, two questions each.
  EXPECT_NEAR(static_cast<double>(world.pool("id_pool")), 1618200, 4 * 1707);
  EXPECT_EQ(world[WorldSet::kTrain].size(), 20000U + 129600U);
  EXPECT_EQ(world[WorldSet::kTestOod].size(), 3000U);
  EXPECT_EQ(world[WorldSet::kTestId].size(), 3000U);
  EXPECT_EQ(world[WorldSet::kOodAtomic].size(), 2000U);
}

TEST(Comparisons, AnswerWhatTheValuesGive) {
  FactConfig config = published("comparison");
  config.entities = 100;
  const KeptWorld world(config);
  const auto values = values_in(config, world[WorldSet::kTrain]);
  ASSERT_EQ(values.size(), 2000U);
  const FactVocabulary vocabulary = config.vocabulary();
  std::array<int, 3> labels{};
  for (const WorldSet set : {WorldSet::kTrainInferred, WorldSet::kValId, WorldSet::kTestId,
                             WorldSet::kValOod, WorldSet::kTestOod}) {
    for (const FactItem& item : world[set]) {
      const Token x = values.at({item.tokens[2], item.tokens[0]});
      const Token y = values.at({item.tokens[4], item.tokens[0]});
      const int order = x < y ? 0 : x == y ? 1 : 2;
      const auto attribute = static_cast<int>(item.tokens[0] - vocabulary.relation(0));
      EXPECT_EQ(item.tokens[5], vocabulary.label(attribute, order)) << text_of(config, item);
      ++labels.at(static_cast<std::size_t>(order));
    }
  }
  for (const int count : labels) EXPECT_GT(count, 100);
}

TEST(Comparisons, AreWrittenAsPublished) {
  const FactConfig config = published("comparison");
  const FactVocabulary v = config.vocabulary();
  const KeptWorld world(config);
  const FactItem& atomic = world[WorldSet::kTrain].front();
  EXPECT_EQ(atomic.tokens, (std::vector<Token>{0, v.relation(0), atomic.tokens[2], v.end()}));
  EXPECT_EQ(atomic.prompt, 2);
  const FactItem& asked = world[WorldSet::kTestId].front();
  ASSERT_EQ(asked.tokens.size(), 7U);
  EXPECT_EQ(asked.prompt, 5);
  EXPECT_EQ(asked.tokens[1], v.question());
  EXPECT_EQ(asked.tokens[3], v.mask());
}

TEST(Comparisons, AreValidatedInBothOrdersThatTrainingHasNot) {
  FactConfig config = published("comparison");
  config.entities = 100;
  const KeptWorld world(config);
  const auto train = ids_of(world[WorldSet::kTrain]);
  const auto validated = ids_of(world[WorldSet::kValId]);
  EXPECT_EQ(validated.size(), 500U);
  const FactVocabulary vocabulary = config.vocabulary();
  for (const FactItem& item : world[WorldSet::kValId]) {
    std::vector<Token> turned(item.question().begin(), item.question().end());
    std::swap(turned[2], turned[4]);
    EXPECT_TRUE(validated.contains(vocabulary.id(turned)));
    EXPECT_FALSE(train.contains(item.id));
    EXPECT_FALSE(train.contains(vocabulary.id(turned)));
  }
}

TEST(ComplexWorld, TrainsTheSharesOfItsPoolsAndNoHeldOutFact) {
  const FactConfig config = published("complex");
  const KeptWorld world(config);
  EXPECT_EQ(world.trained(FactType::kIdAtomic).size(), 18000U);
  EXPECT_EQ(world.trained(FactType::kOodAtomic).size(), 0U);
  EXPECT_EQ(world.trained(FactType::kTrainInferred2).size(), 108000U);
  EXPECT_EQ(world.trained(FactType::kTrainInferred).size(),
            rounded_share(0.03, world.pool("training_pool")));
  EXPECT_EQ(world[WorldSet::kOodAtomic].size(), 2000U);
  EXPECT_EQ(world[WorldSet::kTestHard].size(), 150U);
  EXPECT_EQ(world[WorldSet::kTrainInferredOod].size(), 3000U);
  const FactItem& hard = world[WorldSet::kTestHard].front();
  EXPECT_EQ(hard.tokens.size(), 9U);
  EXPECT_EQ(hard.prompt, 6);
  EXPECT_EQ(world[WorldSet::kIdAtomic].front().tokens.size(), 8U);
}

/// Who is reached from whom along steps from the larger to the smaller or equal, by trying every
/// middle (Warshall): an independent check of hard_comparisons().
class Closure {
 public:
  explicit Closure(int entities)
      : size_(static_cast<std::size_t>(entities)), reached_(size_ * size_) {}

  void learn(const ValueTable& table, int attribute, int x, int y) {
    const int order = table.order(attribute, x, y);
    if (order >= 1) at(x, y) = 1;
    if (order <= 1) at(y, x) = 1;
  }
  void close() {
    for (std::size_t k = 0; k < size_; ++k) {
      for (std::size_t i = 0; i < size_; ++i) {
        for (std::size_t j = 0; j < size_; ++j)
          if (reached_[i * size_ + k] != 0 && reached_[k * size_ + j] != 0)
            reached_[i * size_ + j] = 1;
      }
    }
  }
  bool decides(int x, int y) { return at(x, y) != 0 || at(y, x) != 0; }

 private:
  char& at(int x, int y) {
    return reached_[static_cast<std::size_t>(x) * size_ + static_cast<std::size_t>(y)];
  }
  std::size_t size_;
  std::vector<char> reached_;
};

TEST(HardComparisons, AreThoseThatTransitivityDecidesWithValuesAlone) {
  FactConfig config = published("complex");
  config.entities = 60;
  config.ood_fraction = 0.4;
  config.relations = 3;
  config.values = 8;
  const ValueTable table = make_values(config);
  std::size_t found = 0;
  for (int attribute = 0; attribute < config.relations; ++attribute) {
    CounterRandom random(5, static_cast<std::uint64_t>(attribute), Stream::kSample);
    std::vector<ComparedPair> trained;
    Closure alone(60);
    Closure with_values(60);
    for_each_pair(table, config, attribute, [&](const Pair& pair) {
      const bool both_ood = pair.pool == Pool::kOodTest;
      const bool both_id = pair.pool == Pool::kTraining || pair.pool == Pool::kIdTest;
      const bool is_trained = !both_ood && random.below(12) == 0;
      if (is_trained) {
        trained.push_back({pair.y, pair.x});
        alone.learn(table, attribute, pair.x, pair.y);
      }
      if (both_id || is_trained) with_values.learn(table, attribute, pair.x, pair.y);
    });
    alone.close();
    with_values.close();
    std::vector<ComparedPair> expected;
    for_each_pair(table, config, attribute, [&](const Pair& pair) {
      if (pair.pool != Pool::kOodTest || alone.decides(pair.x, pair.y) ||
          !with_values.decides(pair.x, pair.y))
        return;
      expected.push_back({pair.x, pair.y});
      expected.push_back({pair.y, pair.x});
    });
    EXPECT_EQ(hard_comparisons(table, attribute, trained), expected);
    found += expected.size();
  }
  EXPECT_GT(found, 50U);
}

}  // namespace
}  // namespace recombine
