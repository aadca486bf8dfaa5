#include "generator/facts/pair_sets.h"

#include "generator/facts/sampling.h"

namespace recombine {

PairSets::PairSets(const FactConfig& config, WorldSink& sink, const WorldWatch& watch, int passes)
    : config_(config),
      sink_(sink),
      watch_(watch),
      vocabulary_(config.vocabulary()),
      table_(make_values(config)),
      ood_facts_(table_.ood_facts()),
      total_(static_cast<std::uint64_t>(passes) * static_cast<std::uint64_t>(config.relations)) {
  for_each([&](const Pair& pair) {
    counts_.add(pair.pool);
    counts_.add(pair.pool);
  });
}

PoolCounts PairSets::pools(const char* mixed_pool) const {
  return {{"id_facts", id_facts()},
          {"ood_facts", ood_facts_},
          {"training_pool", counts_.training},
          {"id_pool", counts_.id_test},
          {"ood_pool", counts_.ood_test},
          {mixed_pool, counts_.discarded}};
}

FactItem PairSets::atomic(int entity, int attribute) const {
  const FactVocabulary& v = vocabulary_;
  const Token e = v.entity(entity);
  const Token a = v.relation(attribute);
  const Token value = v.value(table_.value(entity, attribute));
  FactItem item;
  item.type = table_.is_ood(entity, attribute) ? FactType::kOodAtomic : FactType::kIdAtomic;
  if (v.task == "complex") {
    item.tokens = {v.question(), e, a, v.mask(), v.question_end(), v.answer(), value, v.end()};
    item.prompt = 5;
  } else {
    item.tokens = {e, a, value, v.end()};
    item.prompt = 2;
  }
  item.id = v.id(item.question());
  return item;
}

FactItem PairSets::comparison(int attribute, int x, int y, FactType type) const {
  const FactVocabulary& v = vocabulary_;
  const Token label = v.label(attribute, table_.order(attribute, x, y));
  FactItem item;
  item.type = type;
  item.tokens = {v.relation(attribute), v.question(), v.entity(x), v.mask(), v.entity(y)};
  if (v.task == "complex") item.tokens.push_back(v.question_end());
  item.prompt = static_cast<int>(item.tokens.size());
  if (v.task == "complex") item.tokens.push_back(v.answer());
  item.tokens.insert(item.tokens.end(), {label, v.end()});
  item.id = v.id(item.question());
  return item;
}

void PairSets::put_atomic(bool ood, bool trained) {
  const WorldSet set = ood ? WorldSet::kOodAtomic : WorldSet::kIdAtomic;
  Selection probe = probe_sample(config_, set, ood ? ood_facts_ : id_facts());
  for (int entity = 0; entity < table_.entities; ++entity) {
    for (int attribute = 0; attribute < table_.attributes; ++attribute) {
      if (table_.is_ood(entity, attribute) != ood) continue;
      const FactItem item = atomic(entity, attribute);
      if (trained) sink_.put(WorldSet::kTrain, item);
      if (probe.next()) sink_.put(set, item);
    }
  }
}

PairSets::Samples PairSets::samples(std::uint64_t sample) const {
  // Pairs are validated on in both orders: one order would give the other away.
  const std::uint64_t pairs = counts_.training / 2;
  const std::uint64_t ood_pairs = counts_.ood_test / 2;
  const std::uint64_t unseen = std::min(config_.val_items / 2, pairs - (sample + 1) / 2);
  return {validation_sample(config_, WorldSet::kValId, unseen, pairs),
          training_sample(config_, SamplePart::kTwoHop, sample, counts_.training - 2 * unseen),
          probe_sample(config_, WorldSet::kTrainInferred, sample),
          probe_sample(config_, WorldSet::kTestId, counts_.id_test),
          probe_sample(config_, WorldSet::kTestOod, counts_.ood_test),
          validation_sample(config_, WorldSet::kValOod, std::min(config_.val_items / 2, ood_pairs),
                            ood_pairs)};
}

void PairSets::put_training(int attribute, int x, int y, Samples& samples, const Trained& trained) {
  if (!samples.train.next()) return;
  const FactItem item = comparison(attribute, x, y, FactType::kTrainInferred);
  sink_.put(WorldSet::kTrain, item);
  if (samples.probe.next()) sink_.put(WorldSet::kTrainInferred, item);
  trained(attribute, x, y);
}

void PairSets::put_pairs(std::uint64_t sample, const Trained& trained) {
  Samples all = samples(sample);
  const auto put_one = [&](const Pair& pair, int x, int y, bool validated) {
    const auto put = [&](bool wanted, WorldSet set, FactType type) {
      if (wanted) sink_.put(set, comparison(pair.attribute, x, y, type));
    };
    if (pair.pool == Pool::kTraining && !validated)
      put_training(pair.attribute, x, y, all, trained);
    put(pair.pool == Pool::kTraining && validated, WorldSet::kValId, FactType::kTestIid);
    put(pair.pool == Pool::kIdTest && all.id.next(), WorldSet::kTestId, FactType::kTestIid);
    put(pair.pool == Pool::kOodTest && validated, WorldSet::kValOod, FactType::kTestOod);
    put(pair.pool == Pool::kOodTest && all.ood.next(), WorldSet::kTestOod, FactType::kTestOod);
  };
  for_each([&](const Pair& pair) {
    const bool validated = (pair.pool == Pool::kTraining && all.validate.next()) ||
                           (pair.pool == Pool::kOodTest && all.validate_ood.next());
    put_one(pair, pair.x, pair.y, validated);
    put_one(pair, pair.y, pair.x, validated);
  });
}

}  // namespace recombine
