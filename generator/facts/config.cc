#include "generator/facts/config.h"

#include <limits>
#include <string_view>

#include "data/error.h"

namespace recombine {
namespace {

// Choices among candidates are drawn by words of 32 bits.
constexpr double kMostCandidates = 4294967295.0;

/// Chains of `hops` facts, or pairs of entities with an attribute.
double candidates(const FactConfig& config) {
  const double entities = config.entities;
  if (config.task != "composition") return entities * entities * config.relations;
  double chains = entities;
  for (int hop = 0; hop < config.hops; ++hop) chains *= config.degree;
  return chains;
}

/// A token is numbered by an int.
void require_numbered(const FactConfig& config) {
  const FactVocabulary vocabulary = config.vocabulary();
  const std::string values = vocabulary.compares() ? cat(", --values ", config.values) : "";
  require(vocabulary.count() <= std::numeric_limits<int>::max(), "--entities ", config.entities,
          ", --relations ", config.relations, values, ": give ", vocabulary.count(),
          " tokens; at most ", std::numeric_limits<int>::max(), " are possible");
}

void validate_composition(const FactConfig& config) {
  require(config.degree <= config.relations, "--degree ", config.degree,
          ": must be at most --relations ", config.relations,
          ", as an entity has a relation once at most");
  require(config.noise == 0 || config.noise_hop != "none", "--noise ", config.noise,
          ": needs --noise-hop first, second or both, which says what to replace");
  require(config.noise == 0 || config.noise_hop != "first" || config.cot,
          "--noise-hop first: needs --cot on, as the answer has no bridge without");
  require(config.train_three_hop == 0 || config.hops == 3, "--train-three-hop ",
          config.train_three_hop, ": needs --hops 3");
}

void validate_comparison(const FactConfig& config) {
  const std::string because = cat(": has no meaning for --task ", config.task);
  require(config.noise == 0, "--noise ", config.noise, because);
  require(config.hops == 2, "--hops ", config.hops, because);
  require(config.train_three_hop == 0, "--train-three-hop ", config.train_three_hop, because);
  require(!config.permutations, "--permutations", because);
  require(config.task != "complex" || config.lambda == FactConfig{}.lambda, "--lambda ",
          config.lambda, because, "; --sample-fraction says how much is trained");
}

}  // namespace

void FactConfig::validate() const {
  check_fields(*this);
  require(lambda <= kMostCandidates, "--lambda ", lambda, ": must be at most ", kMostCandidates);
  vocabulary().compares() ? validate_comparison(*this) : validate_composition(*this);
  require(candidates(*this) <= kMostCandidates, "--entities ", entities, ": gives ",
          candidates(*this), " questions; at most ", kMostCandidates, " are possible");
  require_numbered(*this);
}

FactVocabulary FactConfig::vocabulary() const {
  return {task, entities, relations, task == "composition" ? 0 : values};
}

}  // namespace recombine
