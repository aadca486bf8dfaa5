#pragma once
// Facts and compositions as items.

#include <initializer_list>
#include <span>

#include "data/fact_vocabulary.h"
#include "generator/facts/chains.h"
#include "generator/facts/hold_out.h"

namespace recombine {

/// Makes items: `h r` -> `t`, `h r1 r2` -> `b t` (`t` without chain of thought), `h r1 r2 r3` ->
/// `b c t`, `e` -> `e`, each with </a> at its end.
class FactItems {
 public:
  explicit FactItems(const FactConfig& config)
      : vocabulary_(config.vocabulary()), cot_(config.cot) {}

  FactItem atomic(Token head, const Fact& fact) const;
  /// Answers what the noise says; the path is the truth.
  FactItem two_hop(const TwoHop& hop, FactType type) const;
  /// Answers the truth, whatever the noise says.
  FactItem true_two_hop(const TwoHop& hop, FactType type) const;
  FactItem three_hop(const ThreeHop& hop, FactType type) const;
  FactItem chain(const HopChain& chain, FactType type) const;
  FactItem identity(Token entity) const;

 private:
  /// `answer`: the entities on the way, the last of which is asked for.
  FactItem make(FactType type,
                std::span<const Token> question,
                std::span<const Token> answer,
                std::span<const Token> path) const;
  FactItem make(FactType type,
                std::initializer_list<Token> question,
                std::initializer_list<Token> answer,
                std::initializer_list<Token> path) const {
    return make(type, std::span(question.begin(), question.size()),
                std::span(answer.begin(), answer.size()), std::span(path.begin(), path.size()));
  }

  FactVocabulary vocabulary_;
  bool cot_;
};

}  // namespace recombine
