#include "generator/facts/config.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

#include "data/error.h"
#include "data/text.h"

namespace recombine {
namespace {

// Choices among candidates are drawn by words of 32 bits.
constexpr double kMostCandidates = 4294967295.0;

template <std::size_t N>
void require_one_of(std::string_view option,
                    const std::string& value,
                    const std::array<std::string_view, N>& known) {
  require(std::ranges::find(known, value) != known.end(), "--", option, " ", value,
          ": must be one of ", join_text(Names(known.begin(), known.end()), ", "));
}

void require_share(std::string_view option, double value) {
  require(value >= 0 && value < 1, "--", option, " ", value, ": must be from 0 to less than 1");
}

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
  require(config.degree >= 1, "--degree ", config.degree, ": must be at least 1");
  require(config.degree <= config.relations, "--degree ", config.degree,
          ": must be at most --relations ", config.relations,
          ", as an entity has a relation once at most");
  require_one_of("noise-hop", config.noise_hop,
                 std::array<std::string_view, 4>{"none", "first", "second", "both"});
  require_one_of("noise-mode", config.noise_mode,
                 std::array<std::string_view, 2>{"clean", "legacy"});
  require(config.noise >= 0 && config.noise <= 1, "--noise ", config.noise, ": must be 0..1");
  require(config.noise == 0 || config.noise_hop != "none", "--noise ", config.noise,
          ": needs --noise-hop first, second or both, which says what to replace");
  require(config.noise == 0 || config.noise_hop != "first" || config.cot,
          "--noise-hop first: needs --cot on, as the answer has no bridge without");
  require(config.hops == 2 || config.hops == 3, "--hops ", config.hops, ": must be 2 or 3");
  require(config.train_three_hop == 0 || config.hops == 3, "--train-three-hop ",
          config.train_three_hop, ": needs --hops 3");
}

void validate_comparison(const FactConfig& config) {
  const std::string because = cat(": has no meaning for --task ", config.task);
  require(config.values >= 1, "--values ", config.values, ": must be at least 1");
  require(config.noise == 0, "--noise ", config.noise, because);
  require(config.hops == 2, "--hops ", config.hops, because);
  require(config.train_three_hop == 0, "--train-three-hop ", config.train_three_hop, because);
  require(!config.permutations, "--permutations", because);
  require(config.task != "complex" || config.lambda == FactConfig{}.lambda, "--lambda ",
          config.lambda, because, "; --sample-fraction says how much is trained");
}

}  // namespace

void FactConfig::validate() const {
  require_one_of("task", task, kFactTasks);
  require(entities >= 2, "--entities ", entities, ": must be at least 2");
  require(relations >= 1, "--relations ", relations, ": must be at least 1");
  require(lambda >= 0 && lambda <= kMostCandidates, "--lambda ", lambda,
          ": must be a number from 0");
  require_share("ood-fraction", ood_fraction);
  require_share("test-fraction", test_fraction);
  require(sample_fraction >= 0 && sample_fraction <= 1, "--sample-fraction ", sample_fraction,
          ": must be 0..1");
  require(probe_items >= 1, "--probe-items 0: must be at least 1");
  vocabulary().compares() ? validate_comparison(*this) : validate_composition(*this);
  require(candidates(*this) <= kMostCandidates, "--entities ", entities, ": gives ",
          candidates(*this), " questions; at most ", kMostCandidates, " are possible");
  require_numbered(*this);
}

FactVocabulary FactConfig::vocabulary() const {
  return {task, entities, relations, task == "composition" ? 0 : values};
}

}  // namespace recombine
