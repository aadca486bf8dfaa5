#pragma once
// Which compositions a world with an axis holds out (data/fact_vocabulary.h).

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "data/fact.h"
#include "generator/facts/config.h"

namespace recombine {

/// A question of up to five facts.
struct FactChain {
  static constexpr std::size_t kMostHops = 5;

  std::size_t hops = 0;
  std::array<Token, kMostHops + 1> entities{};  ///< head, bridges, tail
  std::array<Token, kMostHops> relations{};
  std::array<bool, kMostHops> ood{};  ///< of each fact: whether no trained composition has it
};

enum class ChainSide : std::uint8_t {
  kTrained,  ///< no axis holds it out
  kHeldOut,  ///< every axis does
  kBetween,  ///< neither: such a question is in no set
};

/// What the axes of a config hold out: a function of its axes, --axis-seed, --axis-fraction and
/// sizes.
class HoldOut {
 public:
  explicit HoldOut(const FactConfig& config);

  ChainSide side_of(const FactChain& chain) const;

  /// What each axis that draws its levels holds out: {"bridge": {"e3", "e17"}}.
  std::map<std::string, std::vector<std::string>> levels() const;

 private:
  enum class Kind : std::uint8_t {
    kBridge,
    kRelationPair,
    kRelationSecond,
    kHops,
    kMixedHops,
    kEntities,
  };
  struct Part {
    std::string name;
    Kind kind = Kind::kBridge;
    std::vector<bool> held;  ///< of entities, relations, or pairs of relations; empty: none drawn
  };

  ChainSide side_of(const FactChain& chain, const Part& part) const;
  bool holds_pair(const FactChain& chain, const Part& part) const;
  ChainSide side_of_entities(const FactChain& chain, const Part& part) const;
  std::string level_text(const Part& part, std::size_t level) const;
  std::size_t relation(Token token) const { return token - vocabulary_.relation(0); }

  FactVocabulary vocabulary_;
  std::vector<Part> parts_;
};

}  // namespace recombine
