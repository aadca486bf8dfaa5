#include "generator/facts/axis_world.h"

#include <algorithm>
#include <utility>

#include "data/error.h"
#include "data/text.h"
#include "generator/facts/drawn_chains.h"
#include "generator/facts/items.h"
#include "generator/facts/sampling.h"

namespace recombine {
namespace {

/// The graph with no fact held out: pools of a walk over it are those of trained questions.
FactGraph all_trained(FactGraph graph) {
  for (Fact& fact : graph.facts) fact.ood = false;
  return graph;
}

/// The graph of the config, whose facts are held out only where an axis asks for that.
FactGraph axis_graph(const FactConfig& config) {
  FactGraph graph = make_graph(config);
  return config.has_axis("mixed-hops") ? graph : all_trained(std::move(graph));
}

HopChain chain_of(const TwoHop& hop, bool first_ood, bool second_ood) {
  HopChain chain;
  chain.entities.front() = hop.head;
  Fact first = hop.first;
  Fact second = hop.second;
  first.ood = first_ood;
  second.ood = second_ood;
  extend(chain, first);
  extend(chain, second);
  return chain;
}

class AxisWorld {
 public:
  AxisWorld(const FactConfig& config, WorldSink& sink, const WorldWatch& watch)
      : config_(config),
        sink_(sink),
        watch_(watch),
        graph_(axis_graph(config)),
        plain_(all_trained(graph_)),
        walk_(plain_, config),
        items_(config),
        hold_out_(config),
        ood_facts_(graph_.ood_facts()),
        id_facts_(graph_.facts.size() - ood_facts_) {}

  PoolCounts run() {
    for_each([&](const TwoHop& hop, const HopChain&) {
      two_.add(hop.pool);
      drawn_ += hop.drawn && hop.pool == Pool::kTraining ? 1 : 0;
    });
    const std::uint64_t sample = sample_size(config_, id_facts_, two_.training);
    const bool longer = config_.has_axis("hops");
    require(longer || two_.ood_test >= 2, "--axis ", join_text(config_.axis, ","),
            ": leaves no question for the OOD sets; hold out another share, or on fewer axes");
    put_atomic();
    put_two_hops(sample);
    if (longer) put_longer(sample);
    put_identities(config_, sink_);
    return pools();
  }

 private:
  /// Calls visit(hop, chain) for every two-hop question, in its pool.
  template <class Visit>
  void for_each(const Visit& visit) {
    for (Token head = 0; head < graph_.entities(); ++head) {
      int place = 0;
      walk_.two_hops(head, [&](TwoHop hop) {
        const int first = place / graph_.degree;
        const int second = place++ % graph_.degree;
        const HopChain chain =
            chain_of(hop, graph_.fact(head, first).ood, graph_.fact(hop.first.tail, second).ood);
        const ChainSide side = hold_out_.side_of(chain);
        if (side == ChainSide::kHeldOut) hop.pool = Pool::kOodTest;
        if (side == ChainSide::kBetween) hop.pool = Pool::kDiscarded;
        visit(hop, chain);
      });
      ++done_;
      if (watch_ && (done_ % 64 == 0 || head + 1 == graph_.entities()))
        watch_(done_, 2 * std::uint64_t{graph_.entities()});
    }
  }

  void put_atomic() {
    Selection id = probe_sample(config_, WorldSet::kIdAtomic, id_facts_);
    Selection ood = probe_sample(config_, WorldSet::kOodAtomic, ood_facts_);
    for (const bool held_out : {false, true}) {
      std::size_t place = 0;
      for (const Fact& fact : graph_.facts) {
        const auto head = static_cast<Token>(place++ / static_cast<std::size_t>(graph_.degree));
        if (fact.ood != held_out) continue;
        const FactItem item = items_.atomic(head, fact);
        sink_.put(WorldSet::kTrain, item);
        if (!held_out && id.next()) sink_.put(WorldSet::kIdAtomic, item);
        if (held_out && ood.next()) sink_.put(WorldSet::kOodAtomic, item);
      }
    }
  }

  TwoHopSamples two_hop_samples(std::uint64_t sample) const {
    const std::uint64_t unseen = std::min(val_items(), two_.training - sample);
    const std::uint64_t unseen_ood = std::min(val_items(), two_.ood_test / 2);
    return {validation_sample(config_, WorldSet::kValId, unseen, two_.training),
            training_sample(config_, SamplePart::kTwoHop, sample, two_.training - unseen),
            probe_sample(config_, WorldSet::kTrainInferred, sample),
            probe_sample(config_, WorldSet::kTestId, two_.id_test),
            validation_sample(config_, WorldSet::kValOod, unseen_ood, two_.ood_test),
            probe_sample(config_, WorldSet::kTestOod, two_.ood_test - unseen_ood)};
  }

  /// Of each length of questions.
  std::uint64_t val_items() const {
    return config_.has_axis("hops") ? config_.val_items / 2 : config_.val_items;
  }

  void put_ood(const HopChain& chain, TwoHopSamples& samples) {
    const FactItem item = items_.chain(chain, FactType::kTestOod);
    if (samples.validate_ood.next()) {
      sink_.put(WorldSet::kValOod, item);
    } else if (samples.ood.next()) {
      sink_.put(WorldSet::kTestOod, item);
      if (!config_.has_axis("mixed-hops")) return;
      sink_.put(chain.ood[0] ? WorldSet::kTestSecondSeen : WorldSet::kTestFirstSeen, item);
    }
  }

  void put_two_hops(std::uint64_t sample) {
    TwoHopSamples samples = two_hop_samples(sample);
    for_each([&](const TwoHop& hop, const HopChain& chain) {
      put_id_two_hop(sink_, items_, hop, samples);
      if (hop.pool == Pool::kOodTest) put_ood(chain, samples);
    });
  }

  /// Puts `wanted` more of the chains; returns how many there were.
  std::uint64_t put_drawn(DrawnChains& chains, std::uint64_t wanted, WorldSet set, FactType type) {
    for (std::uint64_t put = 0; put < wanted; ++put) {
      const std::optional<HopChain> chain = chains.next();
      if (!chain) return put;
      sink_.put(set, items_.chain(*chain, type));
    }
    return wanted;
  }

  /// As many questions of three facts are trained as of two, unless --train-three-hop says it;
  /// those of four and five share the OOD sets.
  void put_longer(std::uint64_t sample) {
    DrawnChains three(graph_, hold_out_, config_, 3, ChainSide::kTrained);
    const std::uint64_t tested = (config_.probe_items + 1) / 2;
    put_drawn(three, val_items(), WorldSet::kValId, FactType::kTest3HopIid);
    put_drawn(three, tested, WorldSet::kTestId, FactType::kTest3HopIid);
    const std::uint64_t wanted = config_.train_three_hop > 0 ? config_.train_three_hop : sample;
    trained_three_ = put_drawn(three, wanted, WorldSet::kTrain, FactType::kTrain3Hop);
    require(trained_three_ == wanted, "--train-three-hop ", wanted, ": there are ", trained_three_,
            " questions of three facts to train on");
    std::uint64_t tested_ood = 0;
    for (const std::size_t hops : {std::size_t{4}, std::size_t{5}}) {
      DrawnChains longer(graph_, hold_out_, config_, hops, ChainSide::kHeldOut);
      put_drawn(longer, val_items(), WorldSet::kValOod, FactType::kTestOod);
      tested_ood += put_drawn(longer, tested, WorldSet::kTestOod, FactType::kTestOod);
    }
    require(tested_ood > 0, "--axis ", join_text(config_.axis, ","),
            ": leaves no question for the OOD sets; hold out another share, or on fewer axes");
  }

  PoolCounts pools() const {
    PoolCounts pools = {{"id_facts", id_facts_},          {"ood_facts", ood_facts_},
                        {"training_pool", two_.training}, {"id_pool", two_.id_test},
                        {"ood_pool", two_.ood_test},      {"discarded", two_.discarded}};
    if (config_.noise > 0) pools.emplace_back("noise_draws", drawn_);
    if (config_.has_axis("hops")) pools.emplace_back("trained_3hop", trained_three_);
    return pools;
  }

  const FactConfig& config_;
  WorldSink& sink_;
  const WorldWatch& watch_;
  FactGraph graph_;
  FactGraph plain_;
  ChainWalk walk_;
  FactItems items_;
  HoldOut hold_out_;
  std::uint64_t ood_facts_;
  std::uint64_t id_facts_;
  Counts two_;
  std::uint64_t drawn_ = 0;
  std::uint64_t trained_three_ = 0;
  std::uint64_t done_ = 0;
};

}  // namespace

PoolCounts make_axis_world(const FactConfig& config, WorldSink& sink, const WorldWatch& watch) {
  return AxisWorld(config, sink, watch).run();
}

}  // namespace recombine
