#include "generator/facts/composition.h"

#include "data/error.h"
#include "generator/facts/items.h"
#include "generator/facts/sampling.h"

namespace recombine {
namespace {

class Compositions {
 public:
  Compositions(const FactConfig& config, WorldSink& sink, const WorldWatch& watch)
      : config_(config),
        sink_(sink),
        watch_(watch),
        graph_(make_graph(config)),
        walk_(graph_, config),
        items_(config),
        ood_facts_(graph_.ood_facts()),
        id_facts_(graph_.facts.size() - ood_facts_) {}

  PoolCounts run() {
    count();
    const std::uint64_t sample = sample_size(config_, id_facts_, two_.training);
    require(config_.train_three_hop <= three_.training, "--train-three-hop ",
            config_.train_three_hop, ": the training pool has ", three_.training,
            " three-hop facts");
    put_atomic(false);
    put_atomic(true);
    put_two_hops(sample);
    if (config_.hops == 3) put_three_hops();
    put_identities(config_, sink_);
    return pools();
  }

 private:
  /// Calls visit(head) for every entity and reports progress.
  template <class Visit>
  void for_each_head(const Visit& visit) {
    const std::uint64_t passes = config_.hops == 3 ? 4 : 2;
    for (Token head = 0; head < graph_.entities(); ++head) {
      visit(head);
      ++done_;
      if (watch_ && (done_ % 64 == 0 || head + 1 == graph_.entities()))
        watch_(done_, passes * graph_.entities());
    }
  }

  void count() {
    for_each_head([&](Token head) {
      walk_.two_hops(head, [&](const TwoHop& hop) {
        two_.add(hop.pool);
        drawn_ += hop.drawn ? 1 : 0;
        leaked_ += hop.leaked() ? 1 : 0;
        unleaked_ += hop.pool == Pool::kTraining && !hop.leaked() ? 1 : 0;
      });
    });
    if (config_.hops < 3) return;
    for_each_head([&](Token head) {
      walk_.three_hops(head, [&](const ThreeHop& hop) { three_.add(hop.pool); });
    });
  }

  void put_atomic(bool ood) {
    const WorldSet set = ood ? WorldSet::kOodAtomic : WorldSet::kIdAtomic;
    Selection probe = probe_sample(config_, set, ood ? ood_facts_ : id_facts_);
    std::size_t place = 0;
    for (const Fact& fact : graph_.facts) {
      const auto head = static_cast<Token>(place++ / static_cast<std::size_t>(graph_.degree));
      if (fact.ood != ood) continue;
      const FactItem item = items_.atomic(head, fact);
      sink_.put(WorldSet::kTrain, item);
      if (probe.next()) sink_.put(set, item);
    }
  }

  TwoHopSamples two_hop_samples(std::uint64_t sample) const {
    const std::uint64_t unseen = std::min({config_.val_items, unleaked_, two_.training - sample});
    return {validation_sample(config_, WorldSet::kValId, unseen, unleaked_),
            training_sample(config_, SamplePart::kTwoHop, sample, two_.training - unseen),
            probe_sample(config_, WorldSet::kTrainInferred, sample),
            probe_sample(config_, WorldSet::kTestId, two_.id_test),
            validation_sample(config_, WorldSet::kValOod,
                              std::min(config_.val_items, two_.ood_test), two_.ood_test),
            probe_sample(config_, WorldSet::kTestOod, two_.ood_test)};
  }

  void put_ood(const TwoHop& hop, TwoHopSamples& samples) {
    const FactItem item = items_.two_hop(hop, FactType::kTestOod);
    if (samples.ood.next()) sink_.put(WorldSet::kTestOod, item);
    if (samples.validate_ood.next()) sink_.put(WorldSet::kValOod, item);
  }

  /// The training sample, the samples of the test pools and both validation sets.
  void put_two_hops(std::uint64_t sample) {
    TwoHopSamples samples = two_hop_samples(sample);
    for_each_head([&](Token head) {
      walk_.two_hops(head, [&](const TwoHop& hop) {
        put_id_two_hop(sink_, items_, hop, samples);
        if (hop.pool == Pool::kOodTest) put_ood(hop, samples);
      });
    });
  }

  void put_three_hops() {
    Selection train =
        training_sample(config_, SamplePart::kThreeHop, config_.train_three_hop, three_.training);
    Selection id = probe_sample(config_, WorldSet::kTest3HopIid, three_.id_test);
    Selection ood = probe_sample(config_, WorldSet::kTest3HopOod, three_.ood_test);
    const auto put = [&](WorldSet set, FactType type, const ThreeHop& hop) {
      sink_.put(set, items_.three_hop(hop, type));
    };
    for_each_head([&](Token head) {
      walk_.three_hops(head, [&](const ThreeHop& hop) {
        if (hop.pool == Pool::kTraining && train.next()) {
          put(WorldSet::kTrain, FactType::kTrain3Hop, hop);
        } else if (hop.pool == Pool::kIdTest && id.next()) {
          put(WorldSet::kTest3HopIid, FactType::kTest3HopIid, hop);
        } else if (hop.pool == Pool::kOodTest && ood.next()) {
          put(WorldSet::kTest3HopOod, FactType::kTest3HopOod, hop);
        }
      });
    });
  }

  PoolCounts pools() const {
    PoolCounts pools = {{"id_facts", id_facts_},          {"ood_facts", ood_facts_},
                        {"training_pool", two_.training}, {"id_pool", two_.id_test},
                        {"ood_pool", two_.ood_test},      {"discarded", two_.discarded}};
    if (config_.noise > 0) {
      pools.emplace_back("noise_draws", drawn_);
      pools.emplace_back("leaked", leaked_);
    }
    if (config_.hops < 3) return pools;
    pools.emplace_back("training_pool_3hop", three_.training);
    pools.emplace_back("id_pool_3hop", three_.id_test);
    pools.emplace_back("ood_pool_3hop", three_.ood_test);
    pools.emplace_back("discarded_3hop", three_.discarded);
    return pools;
  }

  const FactConfig& config_;
  WorldSink& sink_;
  const WorldWatch& watch_;
  FactGraph graph_;
  ChainWalk walk_;
  FactItems items_;
  std::uint64_t ood_facts_;
  std::uint64_t id_facts_;
  Counts two_;
  Counts three_;
  std::uint64_t drawn_ = 0;     ///< two-hop questions with noise of their own
  std::uint64_t leaked_ = 0;    ///< ... that a false bridge brought past the hold-out
  std::uint64_t unleaked_ = 0;  ///< ... of the training pool that it did not
  std::uint64_t done_ = 0;
};

}  // namespace

PoolCounts make_compositions(const FactConfig& config, WorldSink& sink, const WorldWatch& watch) {
  return Compositions(config, sink, watch).run();
}

}  // namespace recombine
