#include "generator/facts/hold_out.h"

#include <algorithm>
#include <utility>

#include "data/error.h"
#include "data/fact_vocabulary.h"
#include "data/random.h"
#include "generator/facts/selection.h"

namespace recombine {
namespace {

constexpr std::size_t kMostTrainedHops = 3;

/// So many of `count`, one at least and not all. The axis' place among all names the draws.
std::vector<bool> drawn_levels(const FactConfig& config, std::size_t axis, std::size_t count) {
  constexpr std::uint32_t kOfAxes = 1;
  const std::uint64_t wanted =
      std::clamp<std::uint64_t>(rounded_share(config.axis_fraction, count), 1, count - 1);
  Selection drawn(CounterRandom(config.axis_seed, axis, Stream::kFactOod, kOfAxes), wanted, count);
  std::vector<bool> held(count);
  for (std::size_t level = 0; level < count; ++level) held[level] = drawn.next();
  return held;
}

}  // namespace

HoldOut::HoldOut(const FactConfig& config) : vocabulary_(config.vocabulary()) {
  const auto entities = static_cast<std::size_t>(config.entities);
  const auto relations = static_cast<std::size_t>(config.relations);
  struct Drawn {
    std::string_view axis;
    Kind kind;
    std::size_t levels;
  };
  const std::array<Drawn, 6> all = {{{"bridge", Kind::kBridge, entities},
                                     {"relation-pair", Kind::kRelationPair, relations * relations},
                                     {"relation-second", Kind::kRelationSecond, relations},
                                     {"hops", Kind::kHops, 0},
                                     {"mixed-hops", Kind::kMixedHops, 0},
                                     {"entities", Kind::kEntities, entities}}};
  for (const std::string& name : config.axis) {
    const auto* const known = std::ranges::find(all, name, &Drawn::axis);
    if (known == all.end()) continue;  // lambda, noise
    const auto place = static_cast<std::size_t>(
        std::ranges::find(kFactAxes, name, &FactAxis::name) - kFactAxes.begin());
    Part part{name, known->kind, {}};
    if (known->levels > 0) part.held = drawn_levels(config, place, known->levels);
    parts_.push_back(std::move(part));
  }
}

bool HoldOut::holds_pair(const FactChain& chain, const Part& part) const {
  const auto relations = static_cast<std::size_t>(vocabulary_.relations);
  for (std::size_t hop = 1; hop < chain.hops; ++hop) {
    const std::size_t first = relation(chain.relations.at(hop - 1));
    if (part.held[first * relations + relation(chain.relations.at(hop))]) return true;
  }
  return false;
}

ChainSide HoldOut::side_of_entities(const FactChain& chain, const Part& part) const {
  std::size_t fresh = 0;
  for (std::size_t place = 0; place < chain.hops; ++place)
    fresh += part.held[chain.entities.at(place)] ? 1 : 0;
  if (fresh == chain.hops) return ChainSide::kHeldOut;
  return fresh == 0 && !part.held[chain.entities.at(chain.hops)] ? ChainSide::kTrained
                                                                 : ChainSide::kBetween;
}

ChainSide HoldOut::side_of(const FactChain& chain, const Part& part) const {
  bool held = false;
  std::size_t ood = 0;
  switch (part.kind) {
    case Kind::kBridge:
      for (std::size_t place = 1; place < chain.hops; ++place)
        held = held || part.held[chain.entities.at(place)];
      break;
    case Kind::kRelationPair:
      held = holds_pair(chain, part);
      break;
    case Kind::kRelationSecond:
      for (std::size_t hop = 1; hop < chain.hops; ++hop)
        held = held || part.held[relation(chain.relations.at(hop))];
      break;
    case Kind::kHops:
      held = chain.hops > kMostTrainedHops;
      break;
    case Kind::kMixedHops:
      for (std::size_t hop = 0; hop < chain.hops; ++hop) ood += chain.ood.at(hop) ? 1 : 0;
      if (ood == chain.hops) return ChainSide::kBetween;
      held = ood > 0;
      break;
    case Kind::kEntities:
      return side_of_entities(chain, part);
  }
  return held ? ChainSide::kHeldOut : ChainSide::kTrained;
}

ChainSide HoldOut::side_of(const FactChain& chain) const {
  std::size_t trained = 0;
  std::size_t held = 0;
  for (const Part& part : parts_) {
    const ChainSide side = side_of(chain, part);
    trained += side == ChainSide::kTrained ? 1 : 0;
    held += side == ChainSide::kHeldOut ? 1 : 0;
  }
  if (trained == parts_.size()) return ChainSide::kTrained;
  return held == parts_.size() ? ChainSide::kHeldOut : ChainSide::kBetween;
}

std::string HoldOut::level_text(const Part& part, std::size_t level) const {
  const auto relations = static_cast<std::size_t>(vocabulary_.relations);
  if (part.kind == Kind::kRelationPair) return cat("r", level / relations, ".r", level % relations);
  return cat(part.kind == Kind::kRelationSecond ? "r" : "e", level);
}

std::map<std::string, std::vector<std::string>> HoldOut::levels() const {
  std::map<std::string, std::vector<std::string>> all;
  for (const Part& part : parts_) {
    if (part.kind == Kind::kHops) all[part.name] = {"4", "5"};
    for (std::size_t level = 0; level < part.held.size(); ++level) {
      if (part.held[level]) all[part.name].push_back(level_text(part, level));
    }
  }
  return all;
}

}  // namespace recombine
