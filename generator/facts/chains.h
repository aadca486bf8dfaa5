#pragma once
// Walks over all two-hop and three-hop questions of a graph, without keeping them: what each asks,
// in which pool it is, and what its item answers.

#include <optional>

#include "data/random.h"
#include "generator/facts/graph.h"
#include "generator/facts/pool.h"
#include "generator/facts/selection.h"

namespace recombine {

struct TwoHop {
  Token head = 0;
  Fact first;
  Fact second;
  Token bridge = 0;    ///< that the item answers: first.tail, unless noise replaced it
  Token tail = 0;      ///< ... second.tail
  bool drawn = false;  ///< whether noise was drawn for this question
  bool noisy = false;  ///< whether the answer has a drawn entity, of this question or of one before
  Pool pool = Pool::kDiscarded;

  /// A training question that only a false bridge brought past the hold-out.
  bool leaked() const { return second.ood && (pool == Pool::kTraining || pool == Pool::kIdTest); }
};

struct ThreeHop {
  Token head = 0;
  Fact first;
  Fact second;
  Fact third;
  Pool pool = Pool::kDiscarded;
};

/// Every question is a place (head, slot of the first fact, slot of the second, ...), whose draws
/// are named by that place: none moves another's. `graph` must outlive it.
class ChainWalk {
 public:
  ChainWalk(const FactGraph& graph, const FactConfig& config)
      : graph_(graph),
        seed_(config.seed),
        test_limit_(word_limit(config.test_fraction)),
        noise_(config.noise),
        replaces_bridge_(config.noise_hop == "first" || config.noise_hop == "both"),
        replaces_tail_(config.noise_hop == "second" || config.noise_hop == "both"),
        bridge_persists_(noise_ > 0 && replaces_bridge_ && config.noise_mode == "legacy") {}

  /// Calls visit(const TwoHop&) for each two-hop question from `head`, in order.
  template <class Visit>
  void two_hops(Token head, const Visit& visit) const {
    CounterRandom tests(seed_, head, Stream::kFactTest);
    for (int i = 0; i < graph_.degree; ++i) {
      const Fact& first = graph_.fact(head, i);
      TwoHop before{head, first, {}, first.tail};
      for (int j = 0; j < graph_.degree; ++j) {
        TwoHop hop = start(before, graph_.fact(first.tail, j), tests.word() < test_limit_);
        if (noise_ > 0 && hop.pool == Pool::kTraining) add_noise(hop, i, j);
        if (bridge_persists_) before = hop;
        visit(hop);
      }
    }
  }

  /// Whether noise is drawn for the question from `head` along its slot i and, from there, slot j,
  /// where it is trained.
  bool draws_noise(Token head, int i, int j) const { return noise_at(head, i, j).has_value(); }

  /// Calls visit(const ThreeHop&) for each three-hop question from `head`, in order.
  template <class Visit>
  void three_hops(Token head, const Visit& visit) const {
    for (int i = 0; i < graph_.degree; ++i) {
      CounterRandom tests(seed_, head, Stream::kFactTest, static_cast<std::uint32_t>(i + 1));
      for (int j = 0; j < graph_.degree; ++j) {
        const Fact& first = graph_.fact(head, i);
        ThreeHop hop{head, first, graph_.fact(first.tail, j), {}};
        for (int k = 0; k < graph_.degree; ++k) {
          hop.third = graph_.fact(hop.second.tail, k);
          hop.pool = pool_of(hop, tests.word() < test_limit_);
          visit(hop);
        }
      }
    }
  }

 private:
  TwoHop start(const TwoHop& before, const Fact& second, bool tested) const {
    TwoHop hop = before;
    hop.second = second;
    hop.tail = second.tail;
    hop.drawn = false;
    // Legacy noise asks whether the second fact is held out with the bridge that is in force.
    const bool second_ood =
        hop.noisy ? graph_.is_ood(hop.bridge, second.relation, second.tail) : second.ood;
    const Pool id = tested ? Pool::kIdTest : Pool::kTraining;
    const Pool ood = hop.first.ood ? Pool::kOodTest : Pool::kDiscarded;
    hop.pool = hop.first.ood != second_ood ? Pool::kDiscarded : second_ood ? ood : id;
    return hop;
  }
  static Pool pool_of(const ThreeHop& hop, bool tested) {
    const int ood = int{hop.first.ood} + int{hop.second.ood} + int{hop.third.ood};
    if (ood > 0) return ood == 3 ? Pool::kOodTest : Pool::kDiscarded;
    return tested ? Pool::kIdTest : Pool::kTraining;
  }
  struct Noise {
    Token bridge = 0;
    Token tail = 0;
  };
  /// What is drawn for a place; nothing where it has no noise.
  std::optional<Noise> noise_at(Token head, int i, int j) const;
  void add_noise(TwoHop& hop, int i, int j) const;

  const FactGraph& graph_;
  std::uint64_t seed_;
  std::uint32_t test_limit_;
  double noise_;
  bool replaces_bridge_;
  bool replaces_tail_;
  bool bridge_persists_;  ///< legacy: over the later second hops of the same first fact
};

}  // namespace recombine
